import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { whoRuns } from '../gateway.ts';
import { launchdAgent } from './launchd-agent.ts';
import { daemonOf } from './place.ts';
import { begin, end, forget, stateOf } from './supervisor.ts';
import { systemdUnit } from './systemd-unit.ts';

type Found = ReturnType<typeof daemonOf>;

const textOf = (service: Found): string =>
  service.manager === 'systemd' ? systemdUnit(service) : launchdAgent(service);

/** Prints the file that `install` would write. */
export function printService(cli: Cli): void {
  const service = daemonOf(cli);
  const { file } = service;
  const text = textOf(service);
  if (cli.out.json) return void cli.out.object({ file, text });
  cli.out.data(text.trimEnd());
  cli.out.hint(`It belongs in ${file}; this does it:   atom service install`);
}

/** Has the gateway run whenever the account does. A gateway that was started by hand is left alone. */
export async function installService(cli: Cli): Promise<void> {
  const service = daemonOf(cli);
  // A service that cannot read its settings would only fail where nobody sees it.
  await loadConfig(cli.paths, cli.env);
  const isNew = !existsSync(service.file);
  if (isNew && (await whoRuns(cli)) !== undefined)
    throw new AtomError('already-running', 'A gateway of this profile runs already, by hand.', {
      next: ['End it first:   atom stop', 'Then:   atom service install'],
    });
  mkdirSync(dirname(service.file), { recursive: true });
  writeFileSync(service.file, textOf(service), { mode: 0o600 });
  await begin(service).catch((refused: unknown) => {
    if (isNew) rmSync(service.file, { force: true });
    throw refused;
  });
  if (cli.out.json) return cli.out.object({ service: service.name, file: service.file });
  cli.out.say(`${service.name} runs, and will whenever this account is logged in.`);
  if (service.manager === 'systemd')
    cli.out.say('Also while nobody is logged in:   loginctl enable-linger');
  cli.out.hint('How it does:   atom service status   Undo:   atom service uninstall');
}

/** Ends the service and takes its file away; everything else stays. */
export async function uninstallService(cli: Cli): Promise<void> {
  const service = daemonOf(cli);
  if (!existsSync(service.file)) throw notThere(service);
  await end(service);
  rmSync(service.file);
  await forget(service);
  if (cli.out.json) return cli.out.object({ removed: service.file });
  cli.out.say(`${service.name} is ended and gone. Nothing else was taken away.`);
  cli.out.hint('Start it by hand:   atom start   Again:   atom service install');
}

/** Whether it is there, what its manager says of it, and whether the gateway answers. */
export async function showService(cli: Cli): Promise<void> {
  const service = daemonOf(cli);
  if (!existsSync(service.file)) throw notThere(service);
  const [state, hello] = await Promise.all([stateOf(service), whoRuns(cli)]);
  const gateway = hello === undefined ? 'does not answer' : `answers (process ${hello.pid})`;
  if (cli.out.json)
    return cli.out.object({
      service: service.name,
      file: service.file,
      state: state ?? null,
      gateway: hello?.pid ?? null,
    });
  cli.out.data(`${service.name}   ${state ?? `unknown: ${service.manager} does not answer`}`);
  cli.out.data(`gateway   ${gateway}`);
  if (hello === undefined && service.manager === 'systemd')
    cli.out.say(`Why:   journalctl --user -u ${service.name} -n 20`);
}

const notThere = ({ file }: Found): AtomError =>
  new AtomError('not-found', `There is no service of this profile (${file} is not there).`, {
    next: ['Make one:   atom service install'],
  });
