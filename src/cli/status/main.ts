import { createCli } from '../cli.ts';
import { readFlags } from '../flags.ts';
import { failureFor } from '../out/hint.ts';
import { runLine } from '../run-line.ts';
import { status } from './status.ts';

/**
 * `atom status`, with `--json` or nothing behind it: what is asked most often, so it is built as one
 * file that knows of no other command.
 */
export const main = (argv: readonly string[] = process.argv.slice(2)): Promise<void> =>
  runLine(argv, async (env) => {
    try {
      await status(createCli(env, readFlags({ json: argv.includes('--json') })), false);
      return 0;
    } catch (thrown) {
      throw failureFor(env.profile, thrown);
    }
  });
