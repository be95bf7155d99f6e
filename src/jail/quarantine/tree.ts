import {
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { forSystem } from './byte-path.ts';

/**
 * Copies what lies at a path to where nothing is: files without set-id bits, links as links. Pipes,
 * sockets and devices hold nothing and are left out. Paths are byte strings. Throws system errors.
 */
export function copyTree(from: string, to: string): void {
  const stats = lstatSync(forSystem(from));
  if (stats.isSymbolicLink()) {
    symlinkSync(readlinkSync(forSystem(from), { encoding: 'buffer' }), forSystem(to));
  } else if (stats.isDirectory()) {
    mkdirSync(forSystem(to), { mode: 0o700 });
    if ((stats.mode & 0o500) !== 0o500) chmodSync(forSystem(from), 0o700);
    for (const name of namesIn(from)) copyTree(`${from}/${name}`, `${to}/${name}`);
  } else if (stats.isFile()) {
    if ((stats.mode & 0o400) === 0) chmodSync(forSystem(from), 0o600);
    copyFileSync(forSystem(from), forSystem(to), constants.COPYFILE_EXCL);
    chmodSync(forSystem(to), stats.mode & 0o777);
  }
}

/** Removes what lies at a path, a link without what it leads to; nothing where nothing is. */
export function removeTree(path: string): void {
  const stats = lstatSync(forSystem(path), { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isDirectory()) {
    unlinkSync(forSystem(path));
    return;
  }
  if ((stats.mode & 0o700) !== 0o700) chmodSync(forSystem(path), 0o700);
  for (const name of namesIn(path)) removeTree(`${path}/${name}`);
  rmdirSync(forSystem(path));
}

/**
 * How many bytes the files at a path take. On the way, folders are opened for their owner and set-id bits
 * are cleared.
 */
export function tameTree(path: string): number {
  const stats = lstatSync(forSystem(path), { throwIfNoEntry: false });
  if (!stats || stats.isSymbolicLink()) return 0;
  if (stats.isDirectory()) {
    if ((stats.mode & 0o700) !== 0o700) chmodSync(forSystem(path), stats.mode | 0o700);
    return namesIn(path).reduce((sum, name) => sum + tameTree(`${path}/${name}`), 0);
  }
  if ((stats.mode & 0o6000) !== 0) chmodSync(forSystem(path), stats.mode & 0o777);
  return stats.isFile() ? stats.size : 0;
}

const namesIn = (path: string): readonly string[] =>
  readdirSync(forSystem(path), { encoding: 'latin1' });
