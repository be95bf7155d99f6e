import type { CommandRule, Effect, Raise } from './command-rule.ts';

type Rest = Omit<CommandRule, 'names' | 'does' | 'why'>;
type Make = (names: string, why: string, rest: Rest) => CommandRule;

const make =
  (does: Effect): Make =>
  (names, why, rest) => ({ names, does, why, ...rest });

/** A program or sub-command that only looks. */
export const look: Make = make('look');
/** One that changes things without losing any. */
export const change: Make = make('change');
/** One that deletes, overwrites or cuts what a snapshot would bring back, or may. */
export const lose: Make = make('lose');
/** One that fetches and runs what others wrote, if it can reach them. */
export const fetches: Make = make('fetch');
/** One that no undo covers. */
export const beyond: Make = make('beyond');

/** Options that run another program. */
export const runs = (options: string): Raise => ({
  options,
  to: 'beyond',
  why: 'this option runs another program',
});

/** Options that write a file, and so may overwrite one. */
export const writes = (options: string): Raise => ({
  options,
  to: 'lose',
  why: 'this option writes a file',
});

/** Options that load code or settings from elsewhere. */
export const loads = (options: string): Raise => ({
  options,
  to: 'beyond',
  why: 'this option loads code or settings from elsewhere',
});
