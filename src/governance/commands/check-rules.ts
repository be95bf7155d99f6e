import { effectOf, weigh } from '../weigh.ts';
import { compareEffects } from '../words/finding.ts';
import type { CommandRule } from './command-rule.ts';

/**
 * The examples that a rule does not hold, as sentences: each line of `match` has the effect of its rule,
 * each of `notMatch` a graver one, or a milder one where nothing is graver.
 */
export function brokenExamples(rule: CommandRule): readonly string[] {
  const weighed = (line: string) => effectOf(weigh({ argv: line.split(' ') }).findings);
  const wrong = (line: string, holds: (difference: number) => boolean): readonly string[] => {
    const effect = weighed(line);
    return holds(compareEffects(effect, rule.does))
      ? []
      : [`“${line}” came out as ${effect}, of a rule that is ${rule.does}`];
  };
  const other = (difference: number): boolean =>
    rule.does === 'beyond' ? difference < 0 : difference > 0;
  return [
    ...rule.match.flatMap((line) => wrong(line, (difference) => difference === 0)),
    ...rule.notMatch.flatMap((line) => wrong(line, other)),
    ...(rule.subs ?? []).flatMap(brokenExamples),
  ];
}
