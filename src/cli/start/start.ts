import { AtomError, asAtomError } from '../../base/errors.ts';
import { hasProfile } from '../../config/file.ts';
import type { Cli } from '../cli.ts';
import { whoRuns } from '../gateway.ts';
import { alreadyRunning } from './already-running.ts';
import { speakingJson } from './json-words.ts';
import type { StartOptions } from './start-options.ts';
import { workOnUnheard } from './unheard.ts';

/** Runs the gateway: with the terminal UI where a person sits at both ends, else with log lines on stderr. */
export async function start(given: Cli, options: StartOptions): Promise<number> {
  const screen = !options.headless && options.lifeline === undefined && hasScreen(given, options);
  const cli = options.jsonLogs && !screen ? speakingJson(given) : given;
  if (!screen) workOnUnheard();
  if (!hasProfile(cli.paths)) await setUpFirst(cli, options);
  if (!screen) {
    const { runHeadless } = await import('./headless.ts');
    return await runHeadless(cli, options).catch(async (thrown: unknown) => {
      if (asAtomError(thrown).code !== 'already-running') throw thrown;
      throw alreadyRunning(cli, (await whoRuns(cli))?.pid);
    });
  }
  const { runWithUi } = await import('./with-ui.ts');
  return await runWithUi(cli, options);
}

async function setUpFirst(cli: Cli, { setup, lifeline }: StartOptions): Promise<void> {
  const { setUp, setUpAsking } = await import('../init/set-up.ts');
  if (setup) {
    cli.out.hint('There is no profile yet: setting one up with the defaults (atom init --yes).');
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

function hasScreen({ out }: Cli, { jsonLogs }: StartOptions): boolean {
  const typed = process.stdin.isTTY === true;
  const shown = process.stdout.isTTY === true;
  if (typed && !shown && !jsonLogs)
    out.say('stdout is not a terminal, so there is no terminal UI.');
  return typed && shown;
}
