import type { AddCommands } from './program.ts';
import { runLine } from './run-line.ts';

/** Runs any command line. What needs no program to be answered, `bin/atom.js` answered before. */
export const main = (argv: readonly string[] = process.argv.slice(2)): Promise<void> =>
  runLine(argv, async (env) => {
    const { runProgram } = await import('./program.ts');
    return await runProgram(env, argv, await commandsFor(argv));
  });

/** The help of every command by its words, for the build to keep. */
export const helpTexts = async (): Promise<Readonly<Record<string, string>>> =>
  (await import('./program.ts')).allHelp(await commandsFor([]));

/**
 * All of them, but for a gateway, which keeps what it was started with for as long as it runs, and for what a
 * shell asks at each press of Tab.
 */
async function commandsFor([first]: readonly string[]): Promise<AddCommands> {
  if (first === 'start') return (await import('./commands/gateway.ts')).addStart;
  if (first === 'completion-values')
    return (await import('./commands/about.ts')).addCompletionValues;
  return (await import('./commands/all.ts')).addCommands;
}
