import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import type { JailSpec } from '../domain/jail.ts';
import { isInside } from '../domain/jail-choice.ts';
import { protectedNames } from '../domain/protected-names.ts';
import type { Guard } from './bwrap-args.ts';
import { findHidden } from './hidden.ts';

/** What git runs or follows. The rest of `.git` (objects, refs, index, HEAD) stays writable. */
const GIT_READ_ONLY = [
  ...['config', 'config.worktree', 'commondir', 'gitdir', 'hooks', 'info', 'modules', 'worktrees'],
  'objects/info/alternates',
];

/** A folder to protect names in, relative to the jail (`` for the jail itself), and what is in it. */
interface Level {
  readonly base: string;
  readonly names: readonly string[];
}

/**
 * What must be mounted over a jail's folder as it is now: protected names at its top and at the top of
 * each folder on the way to `cwd`, and everything that is to be hidden. Throws AtomError `blocked` where a name that needs a mount is a symbolic
 * link: bubblewrap before 0.12 would follow it out of the jail.
 */
export function findGuards(folder: string, mode: JailSpec['mode'], cwd: string = folder): Guard[] {
  const levels = levelsTo(folder, cwd);
  const wanted = mode === 'read-write' ? levels.flatMap((level) => protectedIn(folder, level)) : [];
  const guards = new Map<string, Guard>();
  for (const guard of [
    ...wanted.flatMap(([name, how]) => guardsFor(folder, name, how)),
    ...findHidden(folder),
  ])
    if (guard.how !== 'pin' || !guards.has(guard.path)) guards.set(guard.path, guard);
  return [...guards.values()];
}

function levelsTo(folder: string, cwd: string): Level[] {
  const parts = relative(folder, cwd).split('/').filter(Boolean);
  return ['', ...parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`)].map((base) => ({
    base,
    names: readdirSync(join(folder, base)),
  }));
}

type Wanted = readonly [name: string, how: 'read-only' | 'pin'];

function protectedIn(folder: string, level: Level): Wanted[] {
  const { base, names } = level;
  const present = protectedNames.filter((name) => names.includes(name.split('/')[0] ?? ''));
  return [
    ...present.flatMap((name): Wanted[] =>
      name === '.git' ? repository(folder, `${base}.git`) : [[`${base}${name}`, 'read-only']],
    ),
    ...hooksFolder(folder, level).map((name): Wanted => [name, 'read-only']),
  ];
}

const repository = (folder: string, git: string): Wanted[] =>
  walk(folder, git)?.isDirectory()
    ? [[git, 'pin'], ...GIT_READ_ONLY.map((part): Wanted => [`${git}/${part}`, 'read-only'])]
    : [[git, 'read-only']];

/** The mount of one name, after a pin for each folder above it: a parent moved away takes it along. */
function guardsFor(folder: string, name: string, how: 'read-only' | 'pin'): Guard[] {
  if (!walk(folder, name)) return [];
  const parts = name.split('/');
  const parents = parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join('/'));
  return [
    ...parents.map((parent): Guard => ({ path: join(folder, parent), how: 'pin' })),
    { path: join(folder, name), how },
  ];
}

/** What lies at a path, or undefined. Every part is looked at without following it. */
function walk(folder: string, name: string): Stats | undefined {
  let path = folder;
  let stats: Stats | undefined;
  for (const part of name.split('/')) {
    path = join(path, part);
    stats = lstatIfThere(path);
    if (!stats) return undefined;
    if (stats.isSymbolicLink())
      throw new AtomError('blocked', `${path} is a symbolic link, which cannot be protected.`, {
        next: [`Replace it with a real file or folder, or remove it: rm ${path}`],
      });
  }
  return stats;
}

function lstatIfThere(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** The folder that `core.hooksPath` of a repository names, where it lies in the jail. */
function hooksFolder(folder: string, { base, names }: Level): string[] {
  if (!names.includes('.git') || !walk(folder, `${base}.git/config`)?.isFile()) return [];
  const config = readFileSync(join(folder, base, '.git/config'), 'utf8');
  const named = /^\s*hookspath\s*=\s*"?([^"\n]+?)"?\s*$/im.exec(config)?.[1];
  if (named === undefined) return [];
  const path = resolve(folder, base, named);
  return path !== folder && isInside(folder, path) ? [relative(folder, path)] : [];
}
