import { AtomError } from '../../base/errors.ts';
import { hasProfile } from '../../config/file.ts';
import type { Cli } from '../cli.ts';

export interface StartOptions {
  readonly headless: boolean;
  readonly jsonLogs: boolean;
  /** Set up with defaults where there is no profile. */
  readonly setup: boolean;
  /** Descriptor of the pipe whose end tells that the terminal is gone. */
  readonly lifeline?: number;
}

/** Runs the gateway: with the terminal UI where a person sits at both ends, else with log lines on stderr. */
export async function start(cli: Cli, options: StartOptions): Promise<number> {
  if (!hasProfile(cli.paths)) await setUpFirst(cli, options);
  if (options.headless || options.lifeline !== undefined || !hasScreen(cli)) {
    const { runHeadless } = await import('./headless.ts');
    return await runHeadless(cli, options);
  }
  const { runWithUi } = await import('./with-ui.ts');
  return await runWithUi(cli);
}

async function setUpFirst(cli: Cli, { setup, lifeline }: StartOptions): Promise<void> {
  const { setUp, setUpAsking } = await import('../init/init.ts');
  if (setup) {
    cli.out.say('There is no profile yet: setting one up with the defaults (atom init --yes).');
    await setUp({ ...cli, out: { ...cli.out, json: false } }, {});
    return;
  }
  if (cli.mayAsk && lifeline === undefined) {
    await setUpAsking(cli, {});
    return;
  }
  throw new AtomError('config', `There is no profile "${cli.paths.profile}" yet.`, {
    next: ['Set it up:   atom init', 'Without questions:   atom init --yes'],
  });
}

function hasScreen({ out }: Cli): boolean {
  const typed = process.stdin.isTTY === true;
  const shown = process.stdout.isTTY === true;
  if (typed && !shown) out.say('stdout is not a terminal, so there is no terminal UI.');
  return typed && shown;
}
