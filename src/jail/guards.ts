import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { AtomError } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import type { JailSpec } from '../domain/jail.ts';
import { isInside } from '../domain/jail-choice.ts';
import { protectedNames } from '../domain/protected-names.ts';
import type { Guard } from './bwrap-args.ts';
import { findHidden, hidePrivate } from './hidden.ts';
import { cannotProtect, endOfLink, lookBelow } from './no-links.ts';
import { createSharedFiles } from './shared-files.ts';

/** What git runs or follows. The rest of `.git` (objects, refs, index, HEAD) stays writable. */
export const gitReadOnly: readonly string[] = [
  ...['config', 'config.worktree', 'commondir', 'gitdir', 'hooks', 'info', 'modules'],
  'objects/info/alternates',
];

/** What makes the folder of a worktree lead elsewhere. The rest of it changes with every commit there. */
const WORKTREE_READ_ONLY = ['commondir', 'gitdir', 'config.worktree'];

/** A folder to protect names in, relative to the jail (`` for the jail itself), and what is in it. */
interface Level {
  readonly base: string;
  readonly names: readonly string[];
}

/** Where a command works, what else is hidden from it (absolute paths), and what its jail lets it change. */
export interface GuardWish extends Pick<JailSpec, 'git' | 'unprotected'> {
  readonly cwd?: string;
  readonly hide?: readonly string[];
}

/** Each costs a quarter of a millisecond at every start. */
const MOST_GUARDS = 200;

/**
 * What must be mounted over a jail's folder as it is now: protected names at its top and at the top of
 * each folder on the way to `cwd`, secrets and files shared with the outside wherever they lie. Throws AtomError `blocked` where a name
 * that needs a mount is a symbolic link, which bubblewrap before 0.12 would follow out of the jail,
 * and where more than 200 would be needed.
 */
export function findGuards(folder: string, mode: JailSpec['mode'], wish: GuardWish = {}): Guard[] {
  const { cwd = folder, hide = [] } = wish;
  const levels = levelsTo(folder, cwd);
  const wanted =
    mode === 'read-write' ? levels.flatMap((level) => protectedIn(folder, level, wish)) : [];
  const starts = levels.map(({ base }) => resolve(folder, base));
  const named = wanted.flatMap(([name, how]) => guardsFor(folder, name, how));
  const fixed = named.filter(({ how }) => how === 'read-only').map(({ path }) => path);
  const shared = mode === 'read-write' ? createSharedFiles(folder, fixed) : undefined;
  const all = [
    ...named,
    ...findHidden(folder, starts, shared?.visit),
    ...(shared?.guards() ?? []),
    ...hide.flatMap((path) => hidePrivate(folder, path)),
  ];
  if (all.filter(({ how }) => how !== 'pin').length > MOST_GUARDS) throw tooMany(folder);
  const guards = new Map<string, Guard>();
  for (const guard of all)
    if (guard.how !== 'pin' || mayPin(guard.path, mode, guards)) guards.set(guard.path, guard);
  if (guards.size > MOST_GUARDS) throw tooMany(folder);
  return [...guards.values()];
}

/** A pin is writable, so none goes over what is read-only, and none over what was mounted before. */
const mayPin = (path: string, mode: JailSpec['mode'], guards: ReadonlyMap<string, Guard>) =>
  mode === 'read-write' &&
  !guards.has(path) &&
  ![...guards.values()].some((other) => other.how !== 'pin' && isInside(other.path, path));

const tooMany = (folder: string): AtomError =>
  new AtomError(
    'blocked',
    `${visible(folder)} holds more than ${MOST_GUARDS} files and folders to hide or protect (.env, *.pem, id_*).`,
    { next: ['Make a smaller folder the jail:   atom jails add <folder>'] },
  );

function levelsTo(folder: string, cwd: string): Level[] {
  const parts = relative(folder, cwd).split('/').filter(Boolean);
  return ['', ...parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`)].map((base) => ({
    base,
    names: readdirSync(join(folder, base)),
  }));
}

type Wanted = readonly [name: string, how: 'read-only' | 'pin'];

function protectedIn(folder: string, level: Level, wish: GuardWish): Wanted[] {
  const { base, names } = level;
  const { git = 'guarded', unprotected = [] } = wish;
  const present = protectedNames.filter(
    (name) => names.includes(name.split('/')[0] ?? '') && !unprotected.includes(name),
  );
  const hooks = git === 'open' ? [] : hooksFolder(folder, level);
  return [
    ...present.flatMap((name): Wanted[] =>
      name === '.git' ? repository(folder, `${base}.git`, git) : [[`${base}${name}`, 'read-only']],
    ),
    ...hooks.map((name): Wanted => [name, 'read-only']),
  ];
}

function repository(folder: string, path: string, git: NonNullable<JailSpec['git']>): Wanted[] {
  if (git === 'open') return [];
  if (git === 'read-only' || !lookBelow(folder, path)?.isDirectory()) return [[path, 'read-only']];
  const parts = [...gitReadOnly, ...worktreeParts(folder, path)];
  return [[path, 'pin'], ...parts.map((part): Wanted => [`${path}/${part}`, 'read-only'])];
}

function worktreeParts(folder: string, git: string): readonly string[] {
  if (!lookBelow(folder, `${git}/worktrees`)?.isDirectory()) return [];
  return readdirSync(join(folder, git, 'worktrees')).flatMap((name) =>
    WORKTREE_READ_ONLY.map((part) => `worktrees/${name}/${part}`),
  );
}

/** The mount of one name, after a pin for each folder above it: a parent moved away takes it along. */
function guardsFor(folder: string, name: string, how: 'read-only' | 'pin'): Guard[] {
  const stats = lookBelow(folder, name);
  const path = join(folder, name);
  // A link to nowhere is as good as nothing: what could be put behind it could be put in its place.
  if (!stats || (stats.isSymbolicLink() && endOfLink(path) === undefined)) return [];
  if (stats.isSymbolicLink()) throw cannotProtect(path);
  const parts = name.split('/');
  const parents = parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join('/'));
  return [
    ...parents.map((parent): Guard => ({ path: join(folder, parent), how: 'pin' })),
    { path, how },
  ];
}

/** The folder that `core.hooksPath` of a repository names, where it lies in the jail. */
function hooksFolder(folder: string, { base, names }: Level): string[] {
  if (!names.includes('.git') || !lookBelow(folder, `${base}.git`)?.isDirectory()) return [];
  if (!lookBelow(folder, `${base}.git/config`)?.isFile()) return [];
  const config = readFileSync(join(folder, base, '.git/config'), 'utf8');
  const named = /^\s*hookspath\s*=\s*"?([^"\n]+?)"?\s*$/im.exec(config)?.[1];
  if (named === undefined) return [];
  const path = resolve(folder, base, named);
  return path !== folder && isInside(folder, path) ? [relative(folder, path)] : [];
}
