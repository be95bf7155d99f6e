import { visible } from '../base/visible.ts';
import type { CommandRule, Effect } from './commands/command-rule.ts';
import { destroys } from './commands/server-words.ts';
import { ruleOf } from './commands/table.ts';
import { applyRule } from './words/apply-rule.ts';
import { type InnerWords, isUnknown, listed, mayHoldMore } from './words/command-words.ts';
import { brokenExamples } from './words/examples.ts';
import { type Finding, gravest } from './words/finding.ts';
import { innerOf } from './words/inner.ts';
import { aboutPaths } from './words/named.ts';
import { programName } from './words/program.ts';
import { readScripts } from './words/scripts.ts';

/** What a command amounts to. */
export interface Weight {
  readonly findings: readonly Finding[];
  /** It, and every command that it would start, wrappers taken off. */
  readonly commands: readonly (readonly string[])[];
}

/** Wrappers within wrappers beyond this are nobody's ordinary command. */
const DEEPEST = 8;

/** Weighs a command and every command within it. */
export function weigh(command: InnerWords, depth = 0): Weight {
  const { argv } = command;
  const alone = (findings: readonly Finding[]): Weight => ({ findings, commands: [argv] });
  if (depth > DEEPEST) return alone([finding('beyond', 'too many programs start each other')]);
  const name = programName(argv[0] ?? '');
  const rule = name === undefined || isUnknown(command, 0) ? undefined : ruleOf(name);
  if (!rule) return alone(weighUnknown(command));
  if (!holds(rule)) return alone([finding('beyond', 'its rule does not hold its own examples')]);
  if (isAboutItself(command, rule)) return alone([finding('look', 'asks a program about itself')]);
  return weighKnown(rule, command, depth);
}

function weighKnown(rule: CommandRule, command: InnerWords, depth: number): Weight {
  const { argv } = command;
  const own = weighOwn(rule, command);
  const inner = own.commands.map((words) => weigh(words, depth + 1));
  const findings = [...own.findings, ...inner.flatMap((weight) => weight.findings)];
  // What find is pointed at is what its commands are pointed at.
  const pointed =
    rule.runs?.how === 'find' ? aboutPaths(rule, startingPoints(argv), effectOf(findings)) : [];
  return {
    findings: [...findings, ...pointed],
    commands: [argv, ...own.maybe, ...inner.flatMap(({ commands }) => commands)],
  };
}

/** Where find begins: its words up to the first of its expression, options before them aside. */
function startingPoints(argv: readonly string[]): readonly string[] {
  const begin = argv.findIndex((word, at) => at > 0 && !word.startsWith('-'));
  if (begin < 0) return [];
  const end = argv.findIndex((word, at) => at > begin && /^(-.|[(!]$)/.test(word));
  return argv.slice(begin, end < 0 ? argv.length : end);
}

const proven = new Map<CommandRule, boolean>();

/**
 * Whether a rule holds its examples. Found out when its program is first met: all at once would cost a
 * start 20 ms and more. A test holds every rule to them; this is for tables that no test has seen.
 */
function holds(rule: CommandRule): boolean {
  const known = proven.get(rule);
  if (known !== undefined) return known;
  // Its examples come by here as well.
  proven.set(rule, true);
  const held = brokenExamples(rule, (argv) => effectOf(weigh({ argv }).findings)).length === 0;
  proven.set(rule, held);
  return held;
}

const finding = (effect: Effect, why: string): Finding => ({ effect, why });

/** The gravest effect among findings. */
export const effectOf = (findings: readonly Finding[]): Effect =>
  gravest(findings.map(({ effect }) => effect));

/** Exactly `PROGRAM --version`, `--help`, or what else asks this. */
const isAboutItself = (command: InnerWords, { runs, text, about }: CommandRule): boolean =>
  command.argv.length === 2 &&
  !mayHoldMore(command, 0) &&
  !runs &&
  !text &&
  ['--version', '--help', ...listed(about)].includes(command.argv[1] ?? '');

/** It may do anything to the files it is let at; the jail holds in the rest. */
function weighUnknown(command: InnerWords): readonly Finding[] {
  const [word = '', ...rest] = command.argv;
  if (isUnknown(command, 0))
    return [finding('lose', 'which program runs is only known when it does')];
  const shown = visible(word.length > 40 ? `${word.slice(0, 40)}…` : word);
  if (word === '' || word.startsWith('-')) return [finding('beyond', `“${shown}” is no program`)];
  if (/[^\x20-\x7e]/.test(word.slice(word.lastIndexOf('/') + 1)))
    return [finding('beyond', `the name ${shown} may only look like another`)];
  const verbs = [word, ...rest.slice(0, 3)].some((part) => destroys.words?.test(part));
  return [
    finding('lose', `what ${shown} does is not known`),
    ...(verbs && !word.includes('/') ? [finding(destroys.to, destroys.why)] : []),
    ...aboutPaths({}, rest, 'lose'),
  ];
}

interface Own {
  readonly findings: readonly Finding[];
  readonly commands: readonly InnerWords[];
  readonly maybe: readonly (readonly string[])[];
}

function weighOwn(rule: CommandRule, command: InnerWords): Own {
  const inner = rule.runs && innerOf(rule, rule.runs, command);
  if (inner?.asks) return { findings: [finding('look', 'only asks')], commands: [], maybe: [] };
  const mine = rule.runs?.how === 'rest' ? ownWords(command, inner?.own) : command;
  const found = [...applyRule(rule, { command: mine, from: 1 }), ...(inner?.findings ?? [])];
  const script = rule.script && readScripts(rule.script, mine, rule.leading ?? {});
  const all = [...found, ...(script?.findings ?? [])];
  const words = withoutScripts(rule, mine.argv.slice(1), script?.scripts ?? []);
  const about = aboutPaths(rule, words, effectOf(all));
  return {
    findings: [...all, ...about],
    commands: inner?.commands ?? [],
    maybe: inner?.maybe ?? [],
  };
}

/** Up to where the other program begins; what may follow belongs to that one. */
const ownWords = (command: InnerWords, end = command.argv.length): InnerWords => ({
  argv: command.argv.slice(0, end),
  unknown: new Set([...(command.unknown ?? [])].filter((at) => at < end)),
});

/** A script that is among the words is no path; one that is run is no file to change. */
function withoutScripts(
  { interprets }: CommandRule,
  words: readonly string[],
  scripts: readonly string[],
): readonly string[] {
  const ran = interprets ? words.findIndex((word) => !word.startsWith('-')) : -1;
  return words.filter(
    (word, at) => at !== ran && !scripts.some((script) => script !== '' && word.endsWith(script)),
  );
}
