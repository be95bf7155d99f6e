import type { Effect } from '../commands/command-rule.ts';

/** One thing that a command does. */
export interface Finding {
  readonly effect: Effect;
  /** In words that fit on a card. */
  readonly why: string;
}

const ORDER: readonly Effect[] = ['look', 'say', 'change', 'lose', 'fetch', 'beyond'];

/** Below zero where the first is the milder one. */
export const compareEffects = (a: Effect, b: Effect): number => ORDER.indexOf(a) - ORDER.indexOf(b);

/** The gravest of some effects; a look where there are none. */
export const gravest = (effects: readonly Effect[]): Effect =>
  effects.reduce<Effect>(
    (most, effect) => (compareEffects(effect, most) > 0 ? effect : most),
    'look',
  );
