import { type Rule, ruleConditions } from '../../domain/rule.ts';
import type { Subject } from '../../domain/subject.ts';
import { holds } from './match.ts';

/** What one condition of a rule says of something. */
export interface Explained {
  readonly condition: (typeof ruleConditions)[number];
  readonly wants: string | readonly string[];
  readonly holds: boolean;
}

/** Every condition that a rule has, and whether it holds; the rule fits where all do. Pure. */
export const explainRule = (rule: Rule, subject: Subject): readonly Explained[] =>
  ruleConditions.flatMap((condition) => {
    const wants = rule[condition];
    return wants === undefined
      ? []
      : [{ condition, wants, holds: holds(partOf(rule, condition), condition, subject) }];
  });

/** A program is looked at by itself; its arguments only together with it. */
const partOf = (rule: Rule, condition: Explained['condition']): Rule =>
  condition === 'program' ? { ...rule, args: undefined } : rule;
