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
    const cli = createCli(env, readFlags(flags));
    try {
      return await run(cli);
    } catch (thrown) {
      throw failureFor(cli.env.profile, thrown);
    }
  });
