import type { Complexity } from '../domain/complexity.ts';
import type { CommandRule, Raise } from './commands/command-rule.ts';
import { finders } from './commands/finders.ts';
import { git } from './commands/git.ts';
import { readers } from './commands/readers.ts';
import { writers } from './commands/writers.ts';

export interface Classification {
  readonly complexity: Complexity;
  /** Why, in words that fit on a card. */
  readonly reasons: readonly string[];
}

/** Every rule there is, in no order: each program, or sub-command, has one. */
export const commandRules: readonly CommandRule[] = [...readers, ...writers, ...finders, ...git];

/** Where a bare name must come from for the table to know it. */
const SYSTEM = /^(?:\/usr(?:\/local)?)?\/s?bin\/([^/]+)$/;

/**
 * How much a command would do, from its words alone: the table's answer, raised by its options.
 * A program or sub-command that the table does not know counts as 4.
 */
export function classifyArgv(argv: readonly string[]): Classification {
  const [word = '', ...rest] = argv;
  const program = word.includes('/') ? SYSTEM.exec(word)?.[1] : word;
  if (program === undefined)
    return { complexity: 4, reasons: [`${word} is not a program of the system`] };
  const rules = commandRules.filter((rule) => rule.program === program);
  if (rules.length === 0) return { complexity: 4, reasons: [`what ${program} does is not known`] };
  const rule = rules.find(({ sub }) => sub === undefined || sub === subOf(rest));
  if (!rule)
    return { complexity: 4, reasons: [`what ${program} ${subOf(rest) ?? ''} does is not known`] };
  return raised(rule, rest);
}

/** Options that take their value as a word of its own, before a sub-command (`git -C src status`). */
const VALUED: ReadonlySet<string> = new Set([
  '-C',
  '-c',
  '--git-dir',
  '--work-tree',
  '--namespace',
  '--config-env',
  '--exec-path',
]);

const subOf = (words: readonly string[]): string | undefined => words[subAt(words)];

/** Where the first word stands that is neither an option nor the value of one; -1 where there is none. */
const subAt = (words: readonly string[]): number =>
  words.findIndex((word, index) => !word.startsWith('-') && !VALUED.has(words[index - 1] ?? ''));

function raised(rule: CommandRule, words: readonly string[]): Classification {
  const start = rule.before ? subAt(words) : 0;
  const hits = [
    ...raisedBy(rule, rule.before ?? [], words.slice(0, start)),
    ...raisedBy(rule, rule.raise ?? [], words.slice(start)),
  ];
  const plain = words.filter((word) => !word.startsWith('-')).length - (rule.sub ? 1 : 0);
  const more = rule.most && plain > rule.most.words ? [rule.most] : [];
  const all = [...hits, ...more].filter(({ to }) => to > rule.complexity);
  if (all.length === 0) return { complexity: rule.complexity, reasons: [rule.why] };
  const complexity = all.reduce<Complexity>(
    (most, { to }) => (to > most ? to : most),
    rule.complexity,
  );
  return { complexity, reasons: [...new Set(all.map(({ why }) => why))] };
}

function raisedBy(
  rule: CommandRule,
  raises: readonly Raise[],
  words: readonly string[],
): readonly Raise[] {
  const options = optionsOf(rule, words);
  return raises.filter((raise) => options.some((option) => takes(rule, raise, option)));
}

/**
 * Every word with a dash, whatever stands before it: `--` ends nothing for `find`, and may be the
 * value of another option (`sort -T -- -o x`). Where the first word needs no dash, it gets one.
 */
function optionsOf({ bundled }: CommandRule, words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  const dashed = bundled && first && !first.startsWith('-') ? [`-${first}`, ...rest] : words;
  return dashed.filter((word) => word.startsWith('-') && word !== '-');
}

const takes = (rule: CommandRule, raise: Raise, option: string): boolean =>
  raise.options.some((known) =>
    option.startsWith('--') ? longOption(known, option) : shortOption(rule, known, option),
  );

/** GNU programs accept any unambiguous beginning of a long option: `--comp` is `--compress-program`. */
function longOption(known: string, option: string): boolean {
  const name = option.split('=', 1)[0] ?? option;
  return known.startsWith('--') && name.length > 2 && known.startsWith(name);
}

/** A letter counts wherever it stands in a cluster: `-xo` holds `-o`. Rather once too often. */
function shortOption(rule: CommandRule, known: string, option: string): boolean {
  if (known.startsWith('--')) return false;
  if (rule.longShorts || known.length > 2) return option === known;
  return option.slice(1).includes(known.slice(1));
}
