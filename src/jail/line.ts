import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { builtins } from '../domain/shell-line/builtins.ts';
import { printScript, printWord } from '../domain/shell-line/print.ts';
import { type Script, type SimpleCommand, textOf, type Word } from '../domain/shell-line/script.ts';
import { simpleCommands } from '../domain/shell-line/walk.ts';
import type { PinnedFile } from './bwrap-args.ts';
import { lineFolders } from './line-folders.ts';
import { type NamedFiles, namedFiles } from './named-files.ts';
import { base, type ProgramPlace, type Programs, type ResolvedProgram } from './program.ts';

/** A command line with all its programs found: what a shell is given, and what that depends on. */
export interface ResolvedLine {
  /** As it was written. */
  readonly text: string;
  readonly script: Script;
  /** Printed by atom, each program by its path. Nothing else reaches the shell. */
  readonly printed: string;
  /** Each program with its words, as atom read them. */
  readonly stages: readonly (readonly string[])[];
  /** Of programs that may not be needed and are not there: what whoever misses them is told. */
  readonly missing: readonly string[];
  /** Paths of the programs, each once. */
  readonly paths: readonly string[];
  /** Stages whose program is really another, with that one’s path in its place. */
  readonly aliases: readonly (readonly string[])[];
  /** Part of what is approved. */
  readonly facts: Json;
  readonly files: NamedFiles['files'];
  readonly pinned: readonly PinnedFile[];
}

type LinePlace = { readonly programs: Programs; readonly place: ProgramPlace };

/**
 * Finds the programs of a line, and the files that they would run. Throws AtomError `not-found` where a
 * program is missing that the line needs, `usage` where nobody can tell which file a program is.
 */
export async function resolveLine(
  at: LinePlace,
  text: string,
  script: Script,
): Promise<ResolvedLine> {
  const { folder, cwd } = at.place;
  const folders = lineFolders(script, folder, cwd);
  const stages: Stage[] = [];
  for (const command of simpleCommands(script)) {
    if (command.words.length === 0) continue;
    stages.push(await resolveStage(at, command, { cwd: folders.get(command), script }));
  }
  const rewritten = new Map(stages.map(({ command, words }) => [command, words]));
  const printed = printScript(script, (command) => rewritten.get(command) ?? command.words);
  const found = stages.flatMap(({ program }) => (program ? [program] : []));
  return {
    text,
    script,
    printed,
    stages: stages.map(({ argv }) => argv),
    missing: [...new Set(stages.flatMap(({ missing }) => missing ?? []))],
    paths: [...new Set(found.map(({ path }) => path))],
    aliases: stages.flatMap(aliasOf),
    facts: { text: printed, programs: stages.map(factsOf) },
    files: stages.flatMap(({ named }) => named.files),
    pinned: [
      ...found.flatMap(({ pinned }) => pinned),
      ...stages.flatMap(({ named }) => named.pinned),
    ],
  };
}

interface Stage {
  readonly command: SimpleCommand;
  /** What is printed. */
  readonly words: readonly Word[];
  /** What is shown. */
  readonly argv: readonly string[];
  /** Absent for what the shell does itself, and for what is missing. */
  readonly program?: ResolvedProgram;
  /** Why it is missing. */
  readonly missing?: string;
  readonly named: NamedFiles;
}

const nothing: NamedFiles = { argv: [], files: [], pinned: [] };

async function resolveStage(
  { programs, place }: LinePlace,
  command: SimpleCommand,
  { cwd, script }: { readonly cwd: string | undefined; readonly script: Script },
): Promise<Stage> {
  const { words } = command;
  const argv = words.map((word) => textOf(word) ?? printWord(word));
  const [name = ''] = argv;
  if (builtins.has(name)) return { command, words, argv, named: nothing };
  if (cwd === undefined && isRelative(name)) throw unclear(name);
  const here = { ...place, cwd: cwd ?? place.cwd };
  const program = await programs.resolve(here, name).catch((error) => {
    if (error instanceof AtomError && error.code === 'not-found' && isConditional(script))
      return error;
    throw error;
  });
  if (program instanceof AtomError) {
    const why = [program.message, ...program.next].join('\n');
    const absent = [text(missing(name)), ...words.slice(1)];
    return { command, words: absent, argv, named: nothing, missing: why };
  }
  // Of words that are found out while it runs, no file can be bound.
  const known = words.map((word) => textOf(word) ?? '');
  const named = cwd === undefined ? nothing : await namedFiles(here, known, program.real);
  return { command, words: rewritten(words, program, named), argv, program, named };
}

const text = (value: string): Word => [{ kind: 'text', text: value }];

const isRelative = (name: string): boolean => name.includes('/') && !name.startsWith('/');

const unclear = (name: string): AtomError =>
  new AtomError('usage', `Which file ${name} is after this "cd" is only found out while it runs.`, {
    next: ['Write its whole path, or go to a folder whose name is written out.'],
  });

/** Some of it may not be run at all, so that what is missing may not be missed. */
const isConditional = ({ steps }: Script): boolean =>
  steps.some(({ join, stages }) => join !== ';' || stages.some(({ kind }) => kind === 'if'));

/** A path at which there is nothing: the shell says so, and looks nowhere else. */
const missing = (name: string): string => (name.includes('/') ? name : `/usr/bin/${name}`);

/** The program by its path, and its script by its real path where it is handed one. */
function rewritten(
  words: readonly Word[],
  { path }: ResolvedProgram,
  named: NamedFiles,
): readonly Word[] {
  const [, second, ...rest] = words;
  if (second === undefined) return [text(path)];
  const script = textOf(second) === undefined ? undefined : named.argv[1];
  return [text(path), script === undefined ? second : text(script), ...rest];
}

/** A rule about a program holds under whatever name it is called. */
const aliasOf = ({
  argv: [name = '', ...words],
  program,
}: Stage): readonly (readonly string[])[] =>
  program && base(program.real) !== base(name) ? [[program.real, ...words]] : [];

const factsOf = ({ argv: [name = ''], program }: Stage): Json =>
  program
    ? {
        path: program.path,
        real: program.real,
        sha256: program.sha256,
        interpreters: program.interpreters.map(({ real, sha256 }) => ({ real, sha256 })),
      }
    : { name };
