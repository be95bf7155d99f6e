import { failureFor } from '../base/hint.ts';
import { type Cli, createCli } from './cli.ts';
import { readFlags } from './flags.ts';
import { runLine } from './run-line.ts';

/** Runs the one command that a file was built for, with the flags it was given, and ends the process. */
export const runAlone = (
  flags: { readonly json?: boolean; readonly profile?: string },
  run: (cli: Cli) => Promise<number>,
): Promise<void> =>
  runLine(process.argv.slice(2), async (env) => {
    try {
      return await run(createCli(env, readFlags(flags)));
    } catch (thrown) {
      throw failureFor(flags.profile ?? env.profile, thrown);
    }
  });
