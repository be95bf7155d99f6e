import { visible } from '../base/visible.ts';
import type { CommandRule, Effect } from './commands/command-rule.ts';
import { ruleOf } from './commands/table.ts';
import { applyRule } from './words/apply-rule.ts';
import { type InnerWords, isUnknown, mayHoldMore } from './words/command-words.ts';
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
  const name = programName(argv[0] ?? '');
  const rule = name === undefined || isUnknown(command, 0) ? undefined : ruleOf(name);
  if (depth > DEEPEST)
    return {
      findings: [finding('beyond', 'too many programs start each other')],
      commands: [argv],
    };
  if (!rule) return { findings: weighUnknown(command), commands: [argv] };
  if (isAboutItself(command, rule))
    return { findings: [finding('look', 'asks a program about itself')], commands: [argv] };
  const own = weighOwn(rule, command);
  if (!rule.runs || own.asks) return { findings: own.findings, commands: [argv] };
  const inner = own.commands.map((words) => weigh(words, depth + 1));
  const findings = [...own.findings, ...inner.flatMap((weight) => weight.findings)];
  // What find is pointed at is what its commands are pointed at.
  const pointed =
    rule.runs.how === 'find' ? aboutPaths(rule, argv.slice(1), effectOf(findings)) : [];
  return {
    findings: [...findings, ...pointed],
    commands: [argv, ...inner.flatMap(({ commands }) => commands)],
  };
}

const finding = (effect: Effect, why: string): Finding => ({ effect, why });

/** The gravest effect among findings. */
export const effectOf = (findings: readonly Finding[]): Effect =>
  gravest(findings.map(({ effect }) => effect));

/** Exactly `PROGRAM --version` or `--help`. */
const isAboutItself = (command: InnerWords, { runs, text }: CommandRule): boolean =>
  command.argv.length === 2 &&
  !mayHoldMore(command, 0) &&
  !runs &&
  !text &&
  /^--(version|help)$/.test(command.argv[1] ?? '');

/** It may do anything to the files it is let at; the jail holds in the rest. */
function weighUnknown(command: InnerWords): readonly Finding[] {
  const [word = '', ...rest] = command.argv;
  if (isUnknown(command, 0))
    return [finding('lose', 'which program runs is only known when it does')];
  const shown = visible(word.length > 40 ? `${word.slice(0, 40)}…` : word);
  if (word === '' || word.startsWith('-')) return [finding('beyond', `“${shown}” is no program`)];
  return [finding('lose', `what ${shown} does is not known`), ...aboutPaths({}, rest, 'lose')];
}

interface Own {
  readonly findings: readonly Finding[];
  readonly commands: readonly InnerWords[];
  readonly asks: boolean;
}

function weighOwn(rule: CommandRule, command: InnerWords): Own {
  const inner = rule.runs && innerOf(rule, rule.runs, command);
  if (inner?.asks) return { findings: [finding('look', 'only asks')], commands: [], asks: true };
  const mine = rule.runs?.how === 'rest' ? ownWords(command, inner?.own) : command;
  const found = [...applyRule(rule, { command: mine, from: 1 }), ...(inner?.findings ?? [])];
  const script = rule.script && readScripts(rule.script, mine, rule.leading ?? {});
  const all = [...found, ...(script?.findings ?? [])];
  const words = withoutScripts(rule, mine.argv.slice(1), script?.scripts ?? []);
  const about = aboutPaths(rule, words, effectOf(all));
  return { findings: [...all, ...about], commands: inner?.commands ?? [], asks: false };
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
