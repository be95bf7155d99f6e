import type { Maturity, Principal } from '../domain/agent.ts';
import type { Complexity } from '../domain/complexity.ts';
import { type Decision, type RuleMatch, strictest } from '../domain/decision.ts';
import type { Labels } from '../domain/label.ts';
import { baseline, complexityWords } from './baseline.ts';
import { labelGate } from './label-gate.ts';

/** Everything a decision depends on, and nothing else. */
export interface Question {
  readonly action: string;
  readonly principal: Principal;
  /** Of the agent that asks; the owner and atom itself have none. */
  readonly maturity: Maturity | undefined;
  readonly complexity: Complexity;
  /** Why the complexity is what it is, in words. */
  readonly reasons: readonly string[];
  readonly labels: Labels;
}

/**
 * Allow, ask or deny: the strictest of everything that has a say. Pure, and monotone: a higher
 * complexity, a lower maturity or a worse label never makes the verdict milder.
 */
export function decide(question: Question): Decision {
  const matches = [...baselineMatch(question), ...labelGate(question.action, question.labels)];
  return {
    verdict: strictest(matches.map(({ verdict }) => verdict)),
    complexity: question.complexity,
    factor: question.complexity === 4 ? 'typed' : 'tap',
    matches,
  };
}

function baselineMatch({
  principal,
  maturity,
  complexity,
  reasons,
}: Question): readonly RuleMatch[] {
  const what = reasons.length > 0 ? reasons.join('; ') : complexityWords[complexity];
  if (principal.kind !== 'agent') return [ownMatch(complexity, what)];
  // An agent that nobody knows is treated as the youngest.
  const age = maturity ?? 'student';
  const { verdict } = baseline(age, complexity);
  return [
    { rule: `baseline ${age}/${complexity}`, verdict, why: `${what}; ${policyOf[verdict](age)}` },
  ];
}

const ownMatch = (complexity: Complexity, what: string): RuleMatch => ({
  rule: `baseline own/${complexity}`,
  verdict: complexity === 4 ? 'ask' : 'allow',
  why: what,
});

const policyOf = {
  allow: (age: Maturity) => `an agent at ${age} may do this by itself`,
  ask: (age: Maturity) => `an agent at ${age} asks first`,
  deny: (age: Maturity) => `an agent at ${age} may not do this`,
} as const;
