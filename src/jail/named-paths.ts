import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemCode } from '../base/errors.ts';
import type { Prepared, Touch } from '../domain/action.ts';
import { isInside } from '../domain/jail-choice.ts';
import { isInsideLoosely } from '../domain/same-path.ts';
import type { ResolvedCommand } from './facts.ts';

/** A command in its place. Paths are absolute and real. */
export interface PlacedCommand {
  readonly folder: string;
  readonly cwd: string;
  readonly argv: readonly string[];
}

/**
 * Which of the paths that the owner marked private a command is shown: those that one of its words, or
 * its folder, lies in. All others are hidden from it, so that no `grep -r` comes upon them.
 */
export function privatesNamed(
  { cwd, argv }: Pick<PlacedCommand, 'cwd' | 'argv'>,
  privates: readonly string[],
): readonly string[] {
  if (privates.length === 0) return [];
  const named = [
    cwd,
    ...argv.flatMap((word) => partsOf(word).flatMap((part) => pathsOf(cwd, part))),
  ];
  return privates.filter((secret) => {
    const real = realPath(secret) ?? secret;
    return named.some((path) => isInsideLoosely(secret, path) || isInsideLoosely(real, path));
  });
}

/** What of its jail a command reads, may change and names, as far as labels and endorsement go. */
export function touchesOf(
  command: PlacedCommand & Pick<ResolvedCommand, 'jail' | 'program' | 'shows'>,
): Pick<Prepared, 'reads' | 'writes' | 'targets'> {
  const { folder, jail, program, argv, shows } = command;
  const all: Touch = { path: folder, how: 'below' };
  // A program of the jail may have any name.
  const ofSystem = program.pinned.length === 0;
  return {
    reads: [
      ...(ofSystem ? readsOf(command) : [all]),
      ...shows.map((path): Touch => ({ path, how: 'below' })),
    ],
    writes: jail.mode === 'read-write' ? [all] : [],
    targets: pathWords(argv),
  };
}

/** Programs of the system that read what they are named and nothing else, unless by a long option. */
const NAMED_ONLY = /^(cat|head|tail|wc|nl|cmp|stat|basename|dirname|pwd|echo|printf|true|false)$/;

/**
 * What may be in a command's output: all of its jail, or for a few programs just what they are named.
 * A word that leads elsewhere, such as `/proc/self/cwd/x`, may be another way into the jail.
 */
function readsOf({ folder, cwd, argv }: PlacedCommand): readonly Touch[] {
  const all: readonly Touch[] = [{ path: folder, how: 'below' }];
  const [program = '', ...words] = argv;
  const lists = program === 'ls';
  if (!lists && !NAMED_ONLY.test(program)) return all;
  if (words.some((word) => word.startsWith('--') || (lists && /^-.*R/.test(word)))) return all;
  const paths = words.filter((word) => !word.startsWith('-')).map((word) => pathsOf(cwd, word));
  if (paths.flat().some((path) => !isInside(folder, path))) return all;
  const named = paths.flat().map((path): Touch => ({ path, how: lists ? 'names' : 'file' }));
  return lists ? [{ path: cwd, how: 'names' }, ...named] : named;
}

/** The words of a command that look like paths. */
const pathWords = (argv: readonly string[]): readonly string[] =>
  argv.slice(1).filter((word) => !word.startsWith('-') && /[./]/.test(word));

/** What of one word may be a path: `x`, `--file=x`, `-fx`, `host:x`. */
const partsOf = (word: string): readonly string[] => [
  word,
  ...word.split(/[=:,]/),
  ...(word.startsWith('-') ? [word.slice(2)] : []),
];

/** Where a word leads by its name, and where it ends. */
function pathsOf(cwd: string, word: string): readonly string[] {
  const path = resolve(cwd, word);
  const real = realPath(path);
  return real === undefined || real === path ? [path] : [path, real];
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}
