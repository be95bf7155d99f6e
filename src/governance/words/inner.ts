import type { CommandRule, Runs } from '../commands/command-rule.ts';
import { type InnerWords, listed, wordsFrom } from './command-words.ts';
import type { Finding } from './finding.ts';
import { type Lead, readLeading } from './leading.ts';
import { guidesPrograms } from './variables.ts';

/** The commands that a command starts by its own words. */
export interface Inner {
  readonly commands: readonly InnerWords[];
  /** Or, where nobody knows which word the program is, all that it may be: for rules to look at. */
  readonly maybe: readonly (readonly string[])[];
  readonly findings: readonly Finding[];
  /** Where its own words end. */
  readonly own: number;
  /** True where no command is run: it only asks about one. */
  readonly asks: boolean;
}

const ODD: Finding = { effect: 'beyond', why: 'what it runs with these options is not known' };
const UNSURE: Finding = { effect: 'lose', why: 'what it runs is only known when it does' };

/** Takes a wrapper off. */
export function innerOf(rule: CommandRule, runs: Runs, command: InnerWords): Inner {
  return runs.how === 'find' ? innerOfFind(command) : innerOfRest(rule, runs, command);
}

function innerOfRest(rule: CommandRule, runs: Runs, command: InnerWords): Inner {
  const lead = readLeading(command, 1, rule.leading);
  const end = command.argv.length;
  const none = { commands: [], maybe: [], findings: [], own: end, asks: false };
  if (lead.options.some(([name]) => listed(runs.asks).includes(name)))
    return { ...none, asks: true };
  if (lead.at === undefined) return { ...none, maybe: everySuffix(command.argv), findings: [ODD] };
  const { at, findings } = readOperands(runs, command, lead);
  if (at >= end && command.more !== true) return { ...none, findings };
  return { ...none, commands: [fed(wordsFrom(command, at), runs, lead)], findings, own: at };
}

const everySuffix = (argv: readonly string[]): readonly (readonly string[])[] =>
  argv.slice(1, 12).flatMap((word, at) => (word.startsWith('-') ? [] : [argv.slice(at + 1)]));

function readOperands(
  runs: Runs,
  command: InnerWords,
  lead: Lead,
): { readonly at: number; readonly findings: readonly Finding[] } {
  let at = (lead.at ?? 1) + (runs.operands ?? 0);
  const findings: Finding[] = [];
  if (runs.assignments) {
    for (; /^[^=]+=/.test(command.argv[at] ?? ''); at++)
      findings.push(...assigned(command.argv[at] ?? ''));
  }
  // Where assignments may stand, the first word behind them may be one more.
  const last = runs.assignments ? at : at - 1;
  const own = [...(command.unknown ?? [])].some((index) => index > 0 && index <= last);
  if (own || lead.unsure) findings.push(runs.assignments ? ODD : UNSURE);
  return { at, findings };
}

const assigned = (word: string): readonly Finding[] =>
  guidesPrograms(word.slice(0, word.indexOf('=')))
    ? [{ effect: 'beyond', why: 'sets a variable that decides what programs run' }]
    : [];

/** What xargs adds or puts in is not known. */
function fed(inner: InnerWords, runs: Runs, { options }: Lead): InnerWords {
  if (!runs.more) return inner;
  const replace = options.findLast(([name]) => listed(runs.replace).includes(name));
  if (!replace) return { ...inner, more: true };
  const mark = replace[1] || '{}';
  const marked = inner.argv.flatMap((word, at) => (word.includes(mark) ? [at] : []));
  return { ...inner, unknown: new Set([...(inner.unknown ?? []), ...marked]) };
}

const EXECS = /^-(exec|execdir|ok|okdir)$/;

/**
 * Every command behind `-exec`, `-ok` and their like, wherever the word stands. `{}` is a path that
 * begins as a starting point does, so it is no option, unless the starting points come from elsewhere.
 */
function innerOfFind(command: InnerWords): Inner {
  const { argv } = command;
  const anyStart = argv.some((word) => /^-(f|files0-from)$/.test(word));
  const commands: InnerWords[] = [];
  for (let at = 1; at < argv.length; at++) {
    if (!EXECS.test(argv[at] ?? '')) continue;
    const end = endOfExec(argv, at + 1);
    commands.push(withPaths(wordsFrom(command, at + 1, end), anyStart));
    at = end;
  }
  return { commands, maybe: [], findings: [], own: argv.length, asks: false };
}

function withPaths(inner: InnerWords, anyStart: boolean): InnerWords {
  const marked = inner.argv.flatMap((word, at) => (word.includes('{}') ? [at] : []));
  const kind = anyStart || marked.includes(0) ? 'unknown' : 'paths';
  return { ...inner, [kind]: new Set([...(inner[kind] ?? []), ...marked]) };
}

/** `;`, or `+` right behind `{}`; without either, everything. */
function endOfExec(argv: readonly string[], from: number): number {
  const end = argv.findIndex(
    (word, at) => at >= from && (word === ';' || (word === '+' && argv[at - 1] === '{}')),
  );
  return end < 0 ? argv.length : end;
}
