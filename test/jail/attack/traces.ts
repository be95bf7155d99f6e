import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { systemCode } from '../../../src/base/errors.ts';
import { protectedNames } from '../../../src/domain/protected-names.ts';
import type { Ground } from './ground.ts';

/** What a ground looks like from the outside: one line a file, by its path. */
export interface Picture {
  readonly outside: ReadonlyMap<string, string>;
  /** What other programs run or trust, by its name. */
  readonly guarded: ReadonlyMap<string, string>;
  readonly inside: ReadonlyMap<string, string>;
}

const OF_GIT = [
  ...['config', 'config.worktree', 'commondir', 'gitdir', 'hooks', 'info', 'modules', 'worktrees'],
  'objects/info/alternates',
].map((name) => `.git/${name}`);
const GUARDED = [...protectedNames.filter((name) => name !== '.git'), ...OF_GIT];

/** Takes the picture of a ground. */
export function pictureOf({ root, jail }: Ground): Picture {
  const inside = lines(jail, '');
  const isGuarded = (path: string): boolean =>
    GUARDED.some((name) => path === name || path.startsWith(`${name}/`));
  // An empty folder runs nothing, and what is in `.git` changes with every commit.
  const git = inside.get('.git')?.split(' ')[0] ?? 'gone';
  const named = [...inside].filter(([path, line]) => isGuarded(path) && !line.startsWith('folder'));
  return {
    outside: lines(root, relative(root, jail)),
    inside,
    guarded: new Map([...named, ['.git', git]]),
  };
}

/** What became different from one picture to the next. */
export const changed = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );

/** Files that would run as whoever owns them. */
export const setIdFiles = ({ inside }: Picture): readonly string[] =>
  [...inside].filter(([, line]) => /^file [2467]/.test(line)).map(([path]) => path);

/** Processes that still see this ground, wherever they run. */
export function leftRunning({ root }: Pick<Ground, 'root'>): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) =>
      quiet(() => readFileSync(`/proc/${pid}/mountinfo`, 'utf8')).includes(`${root}/`),
    )
    .map(Number);
}

function lines(top: string, except: string): Map<string, string> {
  const found = new Map<string, string>();
  const open = [''];
  for (const here of open)
    for (const name of readdirSync(join(top, here))) {
      const path = join(here, name);
      if (path === except) continue;
      const line = lineOf(join(top, path));
      found.set(path, line);
      if (line.startsWith('folder ')) open.push(path);
    }
  return found;
}

function lineOf(path: string): string {
  const stats = lstatSync(path);
  const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
  if (stats.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (stats.isDirectory()) return `folder ${mode}`;
  if (!stats.isFile()) return `other ${mode}`;
  return `file ${mode} ${stats.size} ${stats.size < 1e6 ? digestOf(path) : ''}`;
}

const digestOf = (path: string): string =>
  createHash('sha256')
    .update(quiet(() => readFileSync(path, 'latin1')))
    .digest('hex');

/** What cannot be read, or went away while it was looked at, is empty. */
function quiet(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return '';
  }
}
