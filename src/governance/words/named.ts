import type { CommandRule, Effect } from '../commands/command-rule.ts';
import { listed } from './command-words.ts';
import { compareEffects, type Finding } from './finding.ts';
import { isSecret, isTrusted, leadsOut, pathsIn } from './paths.ts';

/**
 * What the files that words name add to what a command does: secrets to any command, places outside the
 * folder and files that others trust to one that writes. The jail stops the latter all the same.
 */
export function aboutPaths(
  rule: Pick<CommandRule, 'text' | 'pattern' | 'target'>,
  words: readonly string[],
  effect: Effect,
): readonly Finding[] {
  if (rule.text) return [];
  const read = rule.pattern === undefined ? words : withoutPattern(words, listed(rule.pattern));
  const paths = read.flatMap(pathsIn);
  const findings: Finding[] = [];
  if (paths.some(isSecret))
    findings.push({ effect: 'beyond', why: 'names a file that holds secrets' });
  if (compareEffects(effect, 'change') < 0) return findings;
  if (paths.some(isTrusted))
    findings.push({ effect: 'beyond', why: 'names a file that other programs trust' });
  const written = rule.target === undefined ? read : targets(words, listed(rule.target));
  if (written.flatMap(pathsIn).some(leadsOut))
    findings.push({ effect: 'beyond', why: 'names a place outside the folder' });
  if (words.some((word) => ELSEWHERE.test(word)))
    findings.push({ effect: 'beyond', why: 'names another machine' });
  return findings;
}

/** An address of another machine, which no undo of this one covers. */
const ELSEWHERE =
  /\b(https?|ftps?|sftp|ssh|scp|s3|gs|az|abfss?|hdfs|rsync|git|wss?|tcp|postgres(ql)?|mysql|redis|mongodb(\+srv)?|amqps?|nats|ldaps?):\/\//i;

/** The first word that is no option is what to look for, unless an option gives that. */
function withoutPattern(words: readonly string[], giving: readonly string[]): readonly string[] {
  const given = words.some((word) =>
    giving.some((option) =>
      option.startsWith('--')
        ? word.startsWith(option)
        : /^-[^-]/.test(word) && word.includes(option.charAt(1)),
    ),
  );
  const first = words.findIndex((word) => !word.startsWith('-'));
  return given || first < 0 ? words : words.toSpliced(first, 1);
}

/** The last word that is no option; everything, where an option names the target. */
function targets(words: readonly string[], options: readonly string[]): readonly string[] {
  const named = words.some((word) => options.some((option) => word.startsWith(option)));
  return named ? words : words.filter((word) => !word.startsWith('-')).slice(-1);
}
