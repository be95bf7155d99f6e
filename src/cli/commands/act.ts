import type { Cli } from '../cli.ts';

/** Arguments and options of one command, as commander read them. */
export type Run = (
  cli: Cli,
  args: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
  // biome-ignore lint/suspicious/noConfusingVoidType: most commands have nothing to say but "done"
) => Promise<number | void>;

/** Makes a commander action of a run: reads the global flags, and keeps the exit code. */
export type Act = (run: Run) => (...given: unknown[]) => Promise<void>;
