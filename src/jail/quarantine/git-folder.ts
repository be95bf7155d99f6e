import { resolve } from 'node:path';
import { isInside } from '../../domain/jail-choice.ts';
import { asBytes, below } from './byte-path.ts';
import type { Eyes } from './eyes.ts';
import { configItems } from './git-settings.ts';
import type { Item } from './item.ts';
import { folderMark, itemAt } from './item-at.ts';

/** Folders that git enters: a link in the place of one leads it anywhere. */
const FOLDERS = ['info', 'objects', 'objects/info', 'hooks', 'worktrees', 'branches', 'modules'];
/** What git follows and no ordinary work makes. */
const NEVER = [
  ...['config.worktree', 'commondir', 'gitdir', 'info/attributes', 'remotes'],
  ...['objects/info/alternates', 'objects/info/http-alternates'],
];
/** How many parts the names of submodules may have: `modules/libs/deep/thing`. */
const MOST_DEPTH = 4;

/**
 * What git would run or follow in a repository's own folder (`.git`, or a bare one); nothing of one that
 * is as git itself makes it.
 */
export function gitItems(eyes: Eyes, git: string): readonly Item[] {
  const links = FOLDERS.map((name) => below(git, name)).filter((path) =>
    eyes.stat(path)?.isSymbolicLink(),
  );
  const outOfSight = (path: string): boolean =>
    links.some((link) => link !== path && isInside(link, path));
  const paths = [
    ...links,
    ...NEVER.map((name) => below(git, name)).filter((path) => !isOfWorktree(eyes, path)),
    ...inFolder(eyes, below(git, 'hooks')).filter((path) => !path.endsWith('.sample')),
    ...inFolder(eyes, below(git, 'branches')),
  ];
  return [
    ...paths.filter((path) => !outOfSight(path)).flatMap((path) => itemAt(eyes, path)),
    ...configItems(eyes, git),
    ...inFolder(eyes, below(git, 'worktrees')).flatMap((tree) => treeItems(eyes, tree)),
    ...moduleItems(eyes, below(git, 'modules')),
  ];
}

const treeItems = (eyes: Eyes, tree: string): readonly Item[] =>
  eyes.stat(tree)?.isDirectory() ? gitItems(eyes, tree) : itemAt(eyes, tree);

/** True where a `.git` file leads to the folder of a worktree, in a repository of the same jail. */
export function isWorktreeLink(eyes: Eyes, path: string): boolean {
  const named = /^gitdir: ([^\n]+)\n?$/.exec(eyes.read(path) ?? '')?.[1];
  if (named === undefined) return false;
  const target = resolve(eyes.top, path, '..', asBytes(named));
  if (target === eyes.top || !isInside(eyes.top, target)) return false;
  const parts = target.slice(eyes.top.length + 1).split('/');
  const [repository, folder] = parts.slice(-3);
  if (parts.length < 3 || repository !== '.git' || folder !== 'worktrees') return false;
  // In these nobody looks, so what git finds there is not known to be harmless.
  if (parts.slice(0, -3).some((part) => part.startsWith('.') || part === 'node_modules'))
    return false;
  const walked = parts.every((_, i) => eyes.stat(parts.slice(0, i + 1).join('/'))?.isDirectory());
  return walked && isOfWorktree(eyes, below(parts.join('/'), 'commondir'));
}

/** True for the two files by which a worktree's folder and its repository find each other. */
function isOfWorktree(eyes: Eyes, path: string): boolean {
  const [name, , folder] = path.split('/').toReversed();
  if (folder !== 'worktrees') return false;
  const text = eyes.read(path)?.replace(/\n$/, '');
  if (name === 'commondir') return text === '../..';
  if (name !== 'gitdir' || text === undefined) return false;
  const target = asBytes(text);
  return resolve(target) === target && isInside(eyes.top, target) && target.endsWith('/.git');
}

const inFolder = (eyes: Eyes, path: string): readonly string[] =>
  eyes.list(path).map(({ name }) => below(path, name));

/** A submodule is a repository of its own. What holds them is moved whole where it is new. */
function moduleItems(eyes: Eyes, path: string): readonly Item[] {
  const stats = eyes.stat(path);
  if (!stats || stats.isSymbolicLink()) return [];
  return [
    { path, fate: 'move', marks: [folderMark(stats.ino)] },
    ...submodules(eyes, path, MOST_DEPTH).flatMap((each) => gitItems(eyes, each)),
  ];
}

function submodules(eyes: Eyes, path: string, depth: number): readonly string[] {
  const folders = eyes.list(path).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => {
    const here = below(path, name);
    if (depth === 0 || eyes.stat(below(here, 'HEAD'))) return [here];
    return submodules(eyes, here, depth - 1);
  });
}
