import { runAlone } from '../run-alone.ts';
import { chat } from './chat.ts';

/** `atom chat` with words and no flag behind it: built as one file, as `atom status` is. */
export const main = (argv: readonly string[] = process.argv.slice(2)): Promise<void> =>
  runAlone({}, (cli) => chat(cli, argv.slice(1).join(' ')));
