import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { sha256 } from '../base/digest.ts';
import { isInside } from '../domain/jail-choice.ts';
import type { PinnedFile } from './bwrap-args.ts';
import { base, type ProgramPlace, pin, realFile, sha256OfFile } from './program.ts';

const INTERPRETER =
  /^((ba|da|z|k|fi)?sh|busybox|node|nodejs|deno|bun|tsx|python[\d.]*|perl|ruby|php|lua[\d.]*|Rscript)$/;
/** Programs that run another that they are handed. */
const WRAPPER = /^(env|timeout|nice|nohup|xargs|setsid|stdbuf|ionice|time)$/;
/** Programs that run what lies in their folder, which no word of the command names. */
const RECIPE =
  /^(g?make|ninja|cmake|just|rake|npm|npx|pnpm|yarn|bun|deno|cargo|go|mvn|gradle|tox|pytest)$/;
/** These read their first word as a command of their own, as node does with `inspect`. */
const HAS_COMMANDS = /^(busybox|deno|bun|tsx)$/;

/** The files of a jail that the words of a command name, where its program may run them. */
export interface NamedFiles {
  /** What is run: the words, with a script in the first place by its real path. */
  readonly argv: readonly string[];
  /** All of them; part of what is approved. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** Those that are run rather than worked on: exactly these bytes stand in their place. */
  readonly pinned: readonly PinnedFile[];
}

/** True where a program runs files that its words do not name. */
export const readsMore = (argv: readonly string[]): boolean =>
  (WRAPPER.test(base(argv[0] ?? '')) ? argv : argv.slice(0, 1)).some((word) =>
    RECIPE.test(base(word)),
  );

/**
 * Finds them for interpreters and wrappers; other programs only work on files. `real` is the real path
 * of the program. Throws AtomError `blocked` where a hidden file would be run.
 */
export async function namedFiles(
  { folder, cwd }: ProgramPlace,
  argv: readonly string[],
  real: string,
): Promise<NamedFiles> {
  const names = [base(argv[0] ?? ''), base(real)];
  const interprets = names.some((name) => INTERPRETER.test(name));
  if (!interprets && !names.some((name) => WRAPPER.test(name)))
    return { argv, files: [], pinned: [] };
  const paths = argv.map((word, i) =>
    i === 0 || isOption(word) ? undefined : fileIn(folder, resolve(cwd, word)),
  );
  const runs = runnable(argv, paths, interprets);
  const pinned = [...runs].map((path) => pin(folder, path));
  const others = new Set(
    paths.flatMap((path) => (path === undefined || runs.has(path) ? [] : path)),
  );
  const isScript = interprets && !names.some((name) => HAS_COMMANDS.test(name));
  const first = isScript && argv[1] !== 'inspect' ? paths[1] : undefined;
  return {
    argv: first === undefined ? argv : argv.with(1, first),
    files: [
      ...pinned.map(({ path, bytes }) => ({ path, sha256: sha256(bytes) })),
      ...(await Promise.all([...others].map(digested))),
    ],
    pinned,
  };
}

/**
 * Everything up to an interpreter's script, since the value of an option may be run as well, and what a
 * wrapper could start itself. The rest are a script's own arguments, which it may have to change.
 */
function runnable(
  argv: readonly string[],
  paths: readonly (string | undefined)[],
  interprets: boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  let inner = interprets;
  for (const [i, path] of paths.entries()) {
    if (path !== undefined && (inner || isExecutable(path))) found.add(path);
    if (inner && path !== undefined && !mayTakeValue(argv[i - 1] ?? '')) return found;
    inner ||= i > 0 && INTERPRETER.test(base(argv[i] ?? ''));
  }
  return found;
}

/** `-r hook.js app.js`; of `-e -u -v -x` it is known that no file follows as their value. */
const mayTakeValue = (word: string): boolean => isOption(word) && !/^-[euvx]+$/.test(word);

/** Whatever file has that name: a planted one must not take the place of an option. */
const isOption = (word: string): boolean => /^[-+]/.test(word);

const digested = async (path: string) => ({ path, sha256: await sha256OfFile(path) });

function fileIn(folder: string, path: string): string | undefined {
  const real = realFile(path);
  return real !== undefined && isInside(folder, real) ? real : undefined;
}

const isExecutable = (path: string): boolean => (statSync(path).mode & 0o111) !== 0;
