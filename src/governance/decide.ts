import type { Leaving } from '../domain/action.ts';
import type { Maturity, Principal } from '../domain/agent.ts';
import type { Complexity } from '../domain/complexity.ts';
import { type Decision, type Factor, type RuleMatch, strictest } from '../domain/decision.ts';
import type { Rule } from '../domain/rule.ts';
import type { Subject } from '../domain/subject.ts';
import type { Window } from '../domain/window.ts';
import { baseline, complexityWords } from './baseline.ts';
import { labelGate } from './label-gate.ts';
import { matchRules } from './rules/match.ts';

/** Everything a decision depends on, and nothing else. */
export interface Question {
  readonly principal: Principal;
  /** Of the agent that asks; the owner and atom itself have none. */
  readonly maturity: Maturity | undefined;
  /** Agents that it does something for; `maturity` is that of the least of all. */
  readonly behalf?: readonly string[] | undefined;
  /** A running skill asks, and not whoever called it. */
  readonly bySkill?: boolean | undefined;
  readonly complexity: Complexity;
  /** Why the complexity is what it is, in words. */
  readonly reasons: readonly string[];
  readonly subject: Subject;
  readonly window: Window;
  /** What it is aimed at, exactly: a path, an address, a host. */
  readonly targets: readonly string[];
  /** Who reads what goes out, where the executor knows. */
  readonly leaves?: Leaving | undefined;
  /** Hosts that it may speak to, and files marked private that it would be shown. */
  readonly speaksTo?: readonly string[] | undefined;
  readonly shown?: readonly string[] | undefined;
  /** It hands over more than what it is aimed at. */
  readonly sends?: boolean | undefined;
  /** Why the owner is asked about it, however mature the agent is. */
  readonly asks?: string | undefined;
  readonly rules: readonly Rule[];
  /** True where the owner has enrolled a second factor. */
  readonly secondFactor: boolean;
}

/**
 * Allow, ask or deny: the strictest of everything that has a say. Pure, and monotone: a higher
 * complexity, a lower maturity, a worse label or one more rule never makes the verdict milder.
 */
export function decide(question: Question): Decision {
  const { complexity, rules, subject, asks } = question;
  const matches = [
    ...baselineMatch(question),
    ...labelGate(question),
    ...(asks === undefined ? [] : [{ rule: 'action', verdict: 'ask', why: asks } as const]),
    ...matchRules(rules, subject),
  ];
  return {
    verdict: strictest(matches.map(({ verdict }) => verdict)),
    complexity,
    factor: factorFor(question),
    matches,
  };
}

/**
 * Whether a standing approval may answer what was asked: only where nothing but the agent's maturity
 * asks. What the owner's rules or the words of strangers ask about is asked every time.
 */
export const mayStand = ({ verdict, complexity, matches }: Decision, maturity: Maturity): boolean =>
  verdict === 'ask' &&
  (complexity < 4 || maturity === 'autonomous') &&
  matches.every((match) => match.verdict === 'allow' || match.rule.startsWith('baseline '));

const factorFor = ({ complexity, secondFactor }: Question): Factor => {
  if (complexity < 4) return 'tap';
  return secondFactor ? 'totp' : 'typed';
};

function baselineMatch({
  principal,
  maturity,
  behalf = [],
  complexity,
  reasons,
  bySkill = false,
}: Question): readonly RuleMatch[] {
  const what = reasons.length > 0 ? reasons.join('; ') : complexityWords[complexity];
  if (principal.kind !== 'agent') return [ownMatch(complexity, what, bySkill)];
  // An agent that nobody knows is treated as the youngest.
  const age = maturity ?? 'student';
  const { verdict } = baseline(age, complexity);
  const why = `${what}; ${policyOf[verdict](age)}`;
  // Named otherwise: a yes that stands was given to one agent, and not to whoever sends it.
  return behalf.length === 0
    ? [{ rule: `baseline ${age}/${complexity}`, verdict, why }]
    : [{ rule: `errand ${age}/${complexity}`, verdict, why: `${why} (for ${behalf.join(', ')})` }];
}

/** What an owner asks for is meant so; what a skill asks for in the owner's name may not be. */
const ownMatch = (complexity: Complexity, what: string, bySkill: boolean): RuleMatch => ({
  rule: `baseline own/${complexity}`,
  verdict: complexity >= (bySkill ? 3 : 4) ? 'ask' : 'allow',
  why: what,
});

const policyOf = {
  allow: (age: Maturity) => `an agent at ${age} may do this by itself`,
  ask: (age: Maturity) => `an agent at ${age} asks first`,
  deny: (age: Maturity) => `an agent at ${age} may not do this`,
} as const;
