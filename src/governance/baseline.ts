import type { Maturity } from '../domain/agent.ts';
import type { Complexity } from '../domain/complexity.ts';
import type { Factor, Verdict } from '../domain/decision.ts';

interface Cell {
  readonly verdict: Verdict;
  readonly factor: Factor;
}

const allow: Cell = { verdict: 'allow', factor: 'tap' };
const ask: Cell = { verdict: 'ask', factor: 'tap' };
const askTyped: Cell = { verdict: 'ask', factor: 'typed' };
const deny: Cell = { verdict: 'deny', factor: 'typed' };

/**
 * What happens where nothing else speaks: maturity down, complexity across (look, say, change,
 * destroy). Everything else can only be stricter than this.
 */
const TABLE: Readonly<Record<Maturity, Readonly<Record<Complexity, Cell>>>> = {
  student: { 1: allow, 2: deny, 3: deny, 4: deny },
  intern: { 1: allow, 2: allow, 3: ask, 4: askTyped },
  supervised: { 1: allow, 2: allow, 3: allow, 4: askTyped },
  autonomous: { 1: allow, 2: allow, 3: allow, 4: askTyped },
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
