import { execFile } from 'node:child_process';
import { AtomError } from '../../base/errors.ts';
import { visibleBlock } from '../../base/visible.ts';
import type { Daemon } from './place.ts';

/** What a service manager answered. */
interface Answer {
  /** Its exit code; undefined where it could not be started. */
  readonly code: number | undefined;
  readonly words: string;
}

const ANSWER_MS = 90_000;

const ask = (program: string, words: readonly string[]): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(program, words, { timeout: ANSWER_MS, encoding: 'utf8' }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      resolve({ code, words: visibleBlock(`${out}${err}`.trim().slice(0, 2000)) });
    });
  });

type Named = Pick<Daemon, 'manager' | 'name' | 'file'>;

const systemctl = (...words: readonly string[]): Promise<Answer> =>
  ask('systemctl', ['--user', ...words]);
const launchctl = (...words: readonly string[]): Promise<Answer> => ask('launchctl', words);
const domain = (): string => `gui/${process.getuid?.() ?? 0}`;

/** Has it run now and whenever the account is there. Throws AtomError. */
export async function begin({ manager, name, file }: Named): Promise<void> {
  if (manager === 'launchd') {
    // One of before is let go of: launchd reads a file only once.
    await launchctl('bootout', `${domain()}/${name}`);
    return must(await launchctl('bootstrap', domain(), file), manager);
  }
  must(await systemctl('daemon-reload'), manager);
  must(await systemctl('enable', name), manager);
  must(await systemctl('restart', name), manager);
}

/** Has it run anew, now; whether it will later stays as it is. Throws AtomError. */
export async function again(service: Named): Promise<void> {
  if (service.manager === 'launchd') await begin(service);
  else must(await systemctl('restart', service.name), service.manager);
}

/** Ends it, and has it not begin again. Throws AtomError where it still runs. */
export async function end({ manager, name }: Named): Promise<void> {
  if (manager === 'launchd') await launchctl('bootout', `${domain()}/${name}`);
  else must(await systemctl('disable', '--now', name), manager);
}

/** Has the manager forget a file that is gone. */
export async function forget({ manager }: Named): Promise<void> {
  if (manager === 'systemd') await systemctl('daemon-reload');
}

/** In the manager's own word: `active`, `failed`, `inactive`; undefined where it does not answer. */
export async function stateOf({ manager, name }: Named): Promise<string | undefined> {
  if (manager === 'systemd') {
    const { words } = await systemctl('is-active', name);
    return /^[a-z-]+$/.test(words) ? words : undefined;
  }
  const { code, words } = await launchctl('print', `${domain()}/${name}`);
  if (code === undefined) return undefined;
  return code === 0 ? (/state = ([a-z ]+)/.exec(words)?.[1] ?? 'loaded') : 'inactive';
}

function must({ code, words }: Answer, manager: Named['manager']): void {
  if (code === 0) return;
  const program = manager === 'systemd' ? 'systemctl' : 'launchctl';
  const why = code === undefined ? 'it cannot be started' : words;
  throw new AtomError('unavailable', `${program} did not do it: ${why}`, {
    next: [
      ...(manager === 'systemd'
        ? ['Log in as this account itself (not by su), or once:   loginctl enable-linger']
        : []),
      'See what it would be:   atom service print',
    ],
  });
}
