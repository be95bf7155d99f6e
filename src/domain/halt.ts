import { clockTime } from '../base/clock.ts';
import { visible } from '../base/visible.ts';
import type { Decider } from './approval.ts';

/**
 * What holds everything up. `halted`: nothing is done until the owner resumes. `paused`: no message is
 * taken; what runs comes to its end.
 */
export interface Halted {
  readonly kind: 'halted' | 'paused';
  readonly by: Decider;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Something holds now that did not, or does no more; `was` is what held before. */
export interface HaltChange {
  readonly was: Halted | undefined;
  readonly now: Halted | undefined;
  readonly by: Decider;
}

/** One sentence without its full stop: what holds, since when, and by whom. */
export const haltWords = ({ kind, by, at }: Halted): string =>
  `${kind === 'halted' ? 'Everything is halted' : 'atom is paused'} since ${clockTime(at)} by ${deciderWords(by)}`;

/** The same with the command that ends it, for whoever is refused. */
export const refusalWords = (halted: Halted): string => `${haltWords(halted)}: atom resume`;

/** Who it was, in words: `you, at the terminal`, `telegram 42`. */
export const deciderWords = ({ surface, id }: Decider): string =>
  surface === 'terminal' ? 'you, at the terminal' : `${visible(surface)} ${visible(id)}`;
