import type { RuleMatch } from '../../domain/decision.ts';
import { type Rule, ruleConditions } from '../../domain/rule.ts';
import { fitsCommand } from '../../domain/rule-words.ts';
import type { Subject } from '../../domain/subject.ts';

/** Every rule that fits what is asked for. Pure. */
export const matchRules = (rules: readonly Rule[], subject: Subject): readonly RuleMatch[] =>
  rules
    .filter((rule) => fits(rule, subject))
    .map(({ name, verdict, reason }) => ({
      rule: `rule ${name}`,
      verdict,
      why: `${reason} (your rule ${name})`,
    }));

/** True where every condition of a rule fits. */
export const fits = (rule: Rule, subject: Subject): boolean =>
  ruleConditions.every((condition) => holds(rule, condition, subject));

/** True where one condition of a rule fits, or where the rule does not have it. */
export function holds(
  rule: Rule,
  condition: (typeof ruleConditions)[number],
  subject: Subject,
): boolean {
  if (rule[condition] === undefined) return true;
  // A program and its arguments are one: both must fit the same command.
  if (condition === 'program' || condition === 'args') return fitsAnyCommand(rule, subject);
  if (condition === 'between') return within(rule[condition] ?? '', subject.minute);
  if (condition === 'agent' && subject.behalf?.includes(rule.agent ?? '')) return true;
  return rule[condition] === subject[condition];
}

/** A rule about a command fits where any program that would be started fits it. */
const fitsAnyCommand = (rule: Rule, { commands, real }: Subject): boolean =>
  commands.some((words) => fitsCommand(rule, words)) ||
  (real !== undefined && fitsCommand(rule, [real, ...(commands[0] ?? []).slice(1)]));

/** `22:00-07:00` holds from 22:00 on and until just before 07:00. */
function within(between: string, minute: number): boolean {
  const [from = 0, to = 0] = between.split('-').map(minutesOf);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
