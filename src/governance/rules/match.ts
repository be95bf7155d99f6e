import type { RuleMatch } from '../../domain/decision.ts';
import type { Rule } from '../../domain/rule.ts';
import type { Subject } from '../../domain/subject.ts';

/** Every rule that fits what is asked for. Pure. */
export const matchRules = (rules: readonly Rule[], subject: Subject): readonly RuleMatch[] =>
  rules
    .filter((rule) => fits(rule, subject))
    .map(({ name, verdict, reason }) => ({ rule: `rule ${name}`, verdict, why: reason }));

/** True where every field of a rule fits. */
export const fits = (rule: Rule, subject: Subject): boolean =>
  FIELDS.every((field) => rule[field] === undefined || rule[field] === subject[field]) &&
  (rule.between === undefined || within(rule.between, subject.minute)) &&
  fitsCommand(rule, subject.commands);

const FIELDS = ['action', 'agent', 'jail', 'channel', 'sender'] as const;

/** A rule about a command fits where any program that would be started fits it. */
function fitsCommand({ program, args }: Rule, commands: readonly (readonly string[])[]): boolean {
  if (program === undefined && args === undefined) return true;
  return commands.some(
    ([name = '', ...words]) =>
      (program === undefined || base(name) === program) &&
      (args === undefined || fitsWords(args, words)),
  );
}

/** The same program from another folder is the same program: a rule must not be passed by `/tmp/git`. */
const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Token by token: `*` is any one word, `**` any number of them. */
export function fitsWords(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  if (first === '**')
    return words.some((_, at) => fitsWords(rest, words.slice(at))) || fitsWords(rest, []);
  return words[0] !== undefined && (first === '*' || first === words[0])
    ? fitsWords(rest, words.slice(1))
    : false;
}

/** `22:00-07:00` holds from 22:00 on and until just before 07:00. */
function within(between: string, minute: number): boolean {
  const [from = 0, to = 0] = between.split('-').map(minutesOf);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
