import { AtomError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import type { Cli } from '../cli.ts';
import { providerOf } from './plan.ts';

type Options = Readonly<Record<string, unknown>>;

/** A profile that is there is only checked: flags that would change it are AtomError `usage`, not passed over. */
export function refuseChanges({ paths }: Cli, options: Options): void {
  const next = changesFor(options);
  if (next.length === 0) return;
  throw new AtomError(
    'usage',
    `Profile "${paths.profile}" is set up already, and init changes nothing in it`,
    { next: [...next, 'Or go through the questions again:   atom init --edit'] },
  );
}

/** The commands that change what the flags of `atom init` set. */
function changesFor({ jail, model, channel, allow, tokenStdin, apiKeyStdin }: Options): string[] {
  const provider = typeof model === 'string' ? providerOf(model) : undefined;
  return [
    ...(typeof jail === 'string' ? [`Add a folder:   atom jails add ${shellWord(jail)}`] : []),
    ...(typeof model === 'string' ? [setting('model', model)] : []),
    ...(typeof channel === 'string' ? [telegram(channel)] : []),
    ...(Array.isArray(allow) ? [setting('channels.telegram.allow', allow.join(','))] : []),
    ...(tokenStdin === true ? [stored('telegram.token')] : []),
    ...(apiKeyStdin === true ? [stored(`${shellWord(provider ?? 'anthropic')}.key`)] : []),
  ];
}

const telegram = (channel: string): string =>
  setting('channels.telegram.enabled', String(channel === 'telegram'));

const setting = (key: string, value: string): string =>
  `Change it:   atom config set ${key} ${shellWord(value)}`;

const stored = (name: string): string => `Store a key:   atom secrets set ${name} < file`;
