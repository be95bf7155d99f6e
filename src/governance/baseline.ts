import type { Maturity } from '../domain/agent.ts';
import type { Complexity } from '../domain/complexity.ts';
import type { Verdict } from '../domain/decision.ts';

interface Cell {
  readonly verdict: Verdict;
}

const allow: Cell = { verdict: 'allow' };
const ask: Cell = { verdict: 'ask' };
const deny: Cell = { verdict: 'deny' };

/**
 * What happens where nothing else speaks: maturity down, complexity across (look, say, change,
 * destroy). Everything else can only be stricter than this.
 */
const TABLE: Readonly<Record<Maturity, Readonly<Record<Complexity, Cell>>>> = {
  student: { 1: allow, 2: deny, 3: deny, 4: deny },
  intern: { 1: allow, 2: allow, 3: ask, 4: ask },
  supervised: { 1: allow, 2: allow, 3: allow, 4: ask },
  autonomous: { 1: allow, 2: allow, 3: allow, 4: ask },
};

export const baseline = (maturity: Maturity, complexity: Complexity): Cell =>
  TABLE[maturity][complexity];

/** The four complexities in the words that cards and refusals use. */
export const complexityWords: Readonly<Record<Complexity, string>> = {
  1: 'looks at things',
  2: 'says something',
  3: 'changes something',
  4: 'destroys something, or does what nobody can foresee',
};
