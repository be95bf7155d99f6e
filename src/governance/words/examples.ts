import type { CommandRule, Effect } from '../commands/command-rule.ts';
import { compareEffects } from './finding.ts';

/**
 * The examples that a rule does not hold, as sentences: each line of `match` has the effect of its rule,
 * each of `notMatch` a graver one, or a milder one where nothing is graver.
 */
export function brokenExamples(
  rule: CommandRule,
  effectOf: (argv: readonly string[]) => Effect,
): readonly string[] {
  const check = (line: string, holds: (difference: number) => boolean): readonly string[] => {
    const effect = effectOf(line.split(' '));
    return holds(compareEffects(effect, rule.does))
      ? []
      : [`“${line}” came out as ${effect}, by a rule that says ${rule.does}`];
  };
  const other = (difference: number): boolean =>
    rule.does === 'beyond' ? difference < 0 : difference > 0;
  return [
    ...rule.match.flatMap((line) => check(line, (difference) => difference === 0)),
    ...rule.notMatch.flatMap((line) => check(line, other)),
    ...(rule.subs ?? []).flatMap((sub) => brokenExamples(sub, effectOf)),
  ];
}
