import type { Complexity } from './complexity.ts';

export const verdicts = ['allow', 'ask', 'deny'] as const;
/** Ordered; the strictest wins. */
export type Verdict = (typeof verdicts)[number];

/** What a yes needs: a key, the card's code typed out, or that and a code of the second factor; strictest last. */
export const factors = ['tap', 'typed', 'totp'] as const;
export type Factor = (typeof factors)[number];

/** One reason behind a decision, in words that a person understands. */
export interface RuleMatch {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly why: string;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly complexity: Complexity;
  readonly factor: Factor;
  readonly matches: readonly RuleMatch[];
}

/** The strictest of several verdicts; `allow` of none. */
export const strictest = (all: readonly Verdict[]): Verdict =>
  all.reduce<Verdict>(
    (worst, next) => (verdicts.indexOf(next) > verdicts.indexOf(worst) ? next : worst),
    'allow',
  );
