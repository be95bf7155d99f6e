import { runLine } from './run-line.ts';

/** Runs any command line. What needs no program to be answered, `bin/atom.js` answered before. */
export const main = (argv: readonly string[] = process.argv.slice(2)): Promise<void> =>
  runLine(argv, async (env) => {
    const { runProgram } = await import('./program.ts');
    return await runProgram(env, argv);
  });
