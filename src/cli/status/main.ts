import { runAlone } from '../run-alone.ts';
import { status } from './status.ts';

/**
 * `atom status`, with `--json` or nothing behind it: what is asked most often, so it is built as one
 * file that knows of no other command.
 */
export const main = (argv: readonly string[] = process.argv.slice(2)): Promise<void> =>
  runAlone({ json: argv.includes('--json') }, async (cli) => {
    await status(cli, false);
    return 0;
  });
