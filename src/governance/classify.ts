import type { Complexity } from '../domain/complexity.ts';
import { holdsProtected } from '../domain/protected-names.ts';
import type { CommandRule, Leading, Raise } from './commands/command-rule.ts';
import { finders } from './commands/finders.ts';
import { git, gitLeading } from './commands/git.ts';
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

/** Programs that are many in one, and what may stand before the word that says which. */
const LEADING: Readonly<Record<string, Leading>> = { git: gitLeading };

/**
 * How much a command would do, from its words alone: the table's answer, raised by its options and by
 * names that other programs trust. A program or sub-command that the table does not know counts as 4.
 */
export function classifyArgv(argv: readonly string[]): Classification {
  const found = classifyProgram(argv);
  if (found.complexity !== 3 || !argv.slice(1).some(namesProtected)) return found;
  return { complexity: 4, reasons: [...found.reasons, 'names a file that other programs trust'] };
}

/** A word that is, or holds behind `=` or `:`, the path of a protected name. */
const namesProtected = (word: string): boolean => word.split(/[=:]/).some(holdsProtected);

function classifyProgram([word = '', ...rest]: readonly string[]): Classification {
  const program = word.includes('/') ? SYSTEM.exec(word)?.[1] : word;
  if (program === undefined) return unknown(`${word} is not a program of the system`);
  const rules = commandRules.filter((rule) => rule.program === program);
  const [first] = rules;
  if (!first) return unknown(`what ${program} does is not known`);
  const leading = Object.hasOwn(LEADING, program) ? LEADING[program] : undefined;
  if (!leading) return raised(first, rest);
  const at = subAt(rest, leading);
  if (at === undefined) return unknown(`what ${program} does with these options is not known`);
  const rule = rules.find(({ sub }) => sub === rest[at]);
  return rule
    ? raised(rule, rest.slice(at + 1))
    : unknown(`what ${program} ${rest[at]} does is not known`);
}

const unknown = (reason: string): Classification => ({ complexity: 4, reasons: [reason] });

/** Where the sub-command stands; undefined where something that is not known stands before it. */
function subAt(words: readonly string[], { flags, valued }: Leading): number | undefined {
  let at = 0;
  for (let word = words[at]; word?.startsWith('-'); word = words[at]) {
    if (flags.includes(word)) at += 1;
    else if (valued.includes(word)) at += 2;
    else return undefined;
  }
  return at < words.length ? at : undefined;
}

function raised(rule: CommandRule, words: readonly string[]): Classification {
  const hits = raisedBy(rule, rule.raise ?? [], words);
  const plain = words.filter((word) => !word.startsWith('-') || word === '-').length;
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
