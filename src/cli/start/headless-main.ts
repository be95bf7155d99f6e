import { runAlone } from '../run-alone.ts';
import { start } from './start.ts';
import { readStartWords } from './start-words.ts';
import './headless.ts';

/**
 * `atom start --headless`, which keeps what it was started with for as long as it runs: without the program and
 * its other commands, unless more is said than programs do that start a gateway.
 */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  const words = readStartWords(argv);
  if (words === undefined) return (await import('../main.ts')).main(argv);
  return runAlone(words.flags, (cli) => start(cli, words.options));
}
