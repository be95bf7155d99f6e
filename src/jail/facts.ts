import { relative } from 'node:path';
import { digestOf, sha256 } from '../base/digest.ts';
import type { Json } from '../base/json.ts';
import type { CardFacts } from '../domain/card.ts';
import { isOffline, type JailLimits, type JailSpec, type LentFolder } from '../domain/jail.ts';
import { gitOf, jailWords } from '../domain/jail-words.ts';
import { protectedNames } from '../domain/protected-names.ts';
import { type Coverage, undoWordsFor } from '../domain/undo.ts';
import { bwrapWorld, cleanEnv, proxyEnv } from './clean-env.ts';
import type { ResolvedLine } from './line.ts';
import { type NamedFiles, readsMore } from './named-files.ts';
import type { ProgramPlace, ResolvedProgram } from './program.ts';

/** A command with its jail, folder, program and script found. */
export interface ResolvedCommand {
  readonly jail: JailSpec;
  /** `dev:ino` of the jail's folder. */
  readonly folderId: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly stdin: string | undefined;
  readonly program: ResolvedProgram;
  readonly named: NamedFiles;
  /** Where it is a line that a shell is given. */
  readonly line?: ResolvedLine;
  /** The settings of git that it finds. */
  readonly gitSettings: string;
  /** Protected names that it is for replacing. */
  readonly unprotected: readonly string[];
  /** Private paths that its words name, and that it is shown. */
  readonly shows: readonly string[];
  /** Folders outside that its jail shows. */
  readonly shown: readonly { readonly path: string; readonly id: string }[];
  /** Folders of skills that it names, and is shown. */
  readonly lent: readonly LentFolder[];
  /** What it may use. */
  readonly limits: JailLimits;
}

/** What decides what a command would do, besides its words: bound into the digest of an approval. */
export function factsOf(look: ResolvedCommand, { folder, path }: ProgramPlace): Json {
  const { jail, program, named, stdin, shows, shown, lent, limits } = look;
  const env = {
    ...cleanEnv(path, bwrapWorld(isOffline(jail))),
    ...(isOffline(jail) ? {} : proxyEnv()),
  };
  return {
    program: { path: program.path, real: program.real, sha256: program.sha256 },
    interpreters: program.interpreters.map(({ real, sha256: digest }) => ({
      real,
      sha256: digest,
    })),
    files: named.files.map((file) => ({ ...file })),
    ...(look.line ? { line: look.line.facts } : {}),
    cwd: relative(folder, look.cwd),
    jail: {
      name: jail.name,
      folder,
      id: look.folderId,
      mode: jail.mode,
      policy: policyDigest(jail),
    },
    env: { names: Object.keys(env).sort(), sha256: digestOf(env) },
    git: sha256(look.gitSettings),
    shows: [...shows],
    shown: shown.map((folder) => ({ ...folder })),
    ...(lent.length === 0 ? {} : { skills: lent.map(({ skill, digest }) => ({ skill, digest })) }),
    stdin: stdin === undefined ? null : sha256(stdin),
    limits: { ...limits },
  };
}

/** What the jail promises, in one digest: a change of these rules asks again. */
const policyDigest = ({ name: _, folder: __, ...rules }: JailSpec): string =>
  digestOf({ version: 3, ...rules, git: gitOf(rules), protectedNames });

/** What a person is shown of it. `folder` is the jail's; `coverage` is there where it may write. */
export function cardOf(
  command: ResolvedCommand,
  folder: string,
  coverage: Coverage | undefined,
): CardFacts {
  const { jail, argv, cwd, stdin, program, line, shown, lent } = command;
  const hosts = (jail.network ?? []).toSorted().join(', ');
  const writes = jail.mode === 'read-write';
  const stages = line?.stages ?? [];
  const reads = (stages.length > 0 ? stages : [argv]).some(readsMore);
  return {
    ...(line ? { kind: 'line', words: [line.text] } : { kind: 'command', words: argv }),
    program: line ? line.paths.join(', ') || program.path : program.path,
    folder: cwd,
    jail: jailWords(jail),
    may: [
      ...stages.map((words) => `run ${words.map(quoted).join(' ')}`),
      ...(writes ? command.unprotected : []).map((name) => `replace ${name}`),
      writes ? `read and change files in ${folder}` : `read files in ${folder}`,
      ...shown.map(({ path }) => `read files in ${path}`),
      ...lent.map(({ skill }) => `read and run what came with the skill ${skill}`),
      ...(hosts === '' ? [] : [`speak to ${hosts} (anything it reads here could be sent there)`]),
      ...(reads ? ['run what files in its folder say: reads files that may change'] : []),
    ],
    undo: coverage ? undoWordsFor(coverage) : 'changes nothing',
    ...(stdin === undefined ? {} : { detail: stdin }),
  };
}

/** Words as they tell where each begins and ends. */
const quoted = (word: string): string =>
  /[^\w@%+=:,./{}$"*?[\]~-]|^$/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : word;
