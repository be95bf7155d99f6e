import { readLine } from '../domain/shell-line/read-line.ts';
import {
  type Command,
  type CompoundCommand,
  type Script,
  type SimpleCommand,
  textOf,
  type Word,
} from '../domain/shell-line/script.ts';
import { bodiesOf, simpleCommands } from '../domain/shell-line/walk.ts';
import {
  type Circumstances,
  type Classification,
  type CommandWords,
  classifyCommand,
  inlineCode,
} from './classify.ts';
import { classifyBuiltin } from './lines/builtins.ts';
import { finding, joined } from './lines/finding.ts';
import { classifyGiven } from './lines/given-programs.ts';
import { type Place, placeAfter } from './lines/place.ts';
import { classifyRedirect } from './lines/redirects.ts';
import { classifyVariable } from './lines/variables.ts';
import { commandWords, knownText } from './lines/words.ts';

/**
 * How much a whole line would do: the most of everything in it, what is only run in some case included.
 * Words that are found out while it runs are read in the worst way.
 */
export function classifyScript(script: Script, circumstances: Circumstances): Classification {
  const walk: Walk = { circumstances, findings: [], place: '.' };
  visit(walk, script, false);
  return joined(walk.findings);
}

/**
 * How much one command would do. A script in the words of a shell is read like a line: where all of it
 * only looks, so does the command, since looks run in a jail that nobody can write to.
 */
export function classifyWords(words: CommandWords, circumstances: Circumstances): Classification {
  const known = !words.more && !words.unknown?.size;
  const text = known ? inlineCode(words.argv) : undefined;
  if (text === undefined) return classifyCommand(words, circumstances);
  const reading = readLine(text);
  if (!reading.ok) return { ...finding(4, UNREADABLE), commands: [words.argv] };
  const inner = classifyScript(reading.script, circumstances);
  const commands = [words.argv, ...inner.commands];
  return inner.complexity === 1
    ? { ...inner, commands }
    : { ...finding(4, 'runs a shell script of its own'), commands };
}

const UNREADABLE = 'runs a shell script that atom cannot read';

interface Walk {
  readonly circumstances: Circumstances;
  readonly findings: Classification[];
  place: Place;
}

/** `given`: standard input is a pipe or a file. */
function visit(walk: Walk, script: Script, given: boolean): void {
  for (const { stages } of script.steps)
    for (const [at, stage] of stages.entries()) visitCommand(walk, stage, given || at > 0);
}

function visitCommand(walk: Walk, command: Command, given: boolean): void {
  const reads = given || command.redirects.some((one) => one.kind === 'file' && one.op === '<');
  const before = walk.place;
  if (command.kind === 'simple') visitSimple(walk, command, reads);
  else visitCompound(walk, command, reads);
  for (const redirect of command.redirects) {
    if (redirect.kind === 'file') visitWord(walk, redirect.target);
    add(walk, classifyRedirect(redirect, before, walk.circumstances));
  }
}

function visitCompound(walk: Walk, command: CompoundCommand, given: boolean): void {
  const before = walk.place;
  const bodies = bodiesOf(command);
  if (command.kind === 'for') {
    for (const word of command.words) visitWord(walk, word);
    add(walk, classifyVariable(command.name));
  }
  // What a loop does last comes before what it does first, the next time.
  const loops = command.kind === 'for' || command.kind === 'loop';
  if (loops && bodies.some(goesElsewhere)) walk.place = undefined;
  for (const body of bodies) visit(walk, body, given);
  if (command.kind === 'group' && command.subshell) walk.place = before;
}

const goesElsewhere = (script: Script): boolean =>
  simpleCommands(script).some(({ words: [name = []] }) => textOf(name) === 'cd');

function visitSimple(walk: Walk, command: SimpleCommand, given: boolean): void {
  const { assignments, words } = command;
  for (const word of [...assignments.map(({ value }) => value), ...words]) visitWord(walk, word);
  const found = commandWords(command);
  const [name = ''] = found.argv;
  for (const one of assignments)
    if (name !== 'read' || one.name !== 'IFS') add(walk, classifyVariable(one.name));
  if (words.length === 0) return;
  const builtin = classifyBuiltin(name, words.slice(1));
  add(walk, builtin && { ...builtin, commands: [found.argv] });
  if (builtin === undefined) visitProgram(walk, found, given);
  if (name === 'cd') walk.place = placeAfter(walk.place, folderOf(words.slice(1)));
}

function visitProgram(walk: Walk, words: CommandWords, given: boolean): void {
  const found = classifyWords(words, walk.circumstances);
  add(walk, found);
  if (given)
    for (const argv of [words.argv, ...found.commands])
      add(walk, classifyGiven({ ...words, argv }));
  if (found.complexity === 3 && walk.place === undefined)
    add(walk, finding(4, 'changes something in a folder that is not known'));
}

/** What the commands in a word do. */
function visitWord(walk: Walk, word: Word): void {
  for (const part of word)
    if ('script' in part)
      visit(walk, part.script, part.kind === 'process' && part.direction === '>');
}

function add(walk: Walk, found: Classification | undefined): void {
  if (found) walk.findings.push(found);
}

/** Where `cd` is told to go; undefined where that is not known, or is the home folder. */
function folderOf(words: readonly Word[]): string | undefined {
  const texts = words
    .map(knownText)
    .filter((text) => text === undefined || !/^-[LPe-]*$/.test(text));
  return texts.length === 1 ? texts[0] : undefined;
}
