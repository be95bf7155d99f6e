import { chmodSync, lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { makeFolders } from '../base/make-folders.ts';
import { shellWord } from '../base/shell-word.ts';

/**
 * Makes a folder (and those above it) that only its owner may enter, and returns its path. Throws
 * AtomError `config` where something else is in its place or it belongs to somebody else.
 */
export function ensureFolder(folder: string): string {
  makeFolder(folder, 0o700);
  checkOwner(folder);
  return folder;
}

/** Makes a folder and those above it. Throws AtomError `config` where it cannot. */
export function makeFolder(folder: string, mode: number): void {
  try {
    makeFolders(folder, mode);
  } catch (cause) {
    throw new AtomError('config', `Cannot make the folder ${folder}: ${systemCode(cause)}`, {
      cause,
      next: [`Look at what is there:   ls -ld ${shellWord(nearestThere(folder))}`],
    });
  }
}

function checkOwner(folder: string): void {
  if (process.platform === 'win32') return;
  const found = lstatSync(folder).isSymbolicLink() ? statSync(folder) : lstatSync(folder);
  if (found.uid !== process.getuid?.()) {
    throw new AtomError('config', `The folder ${folder} belongs to another user`, {
      next: [`Take it back: sudo chown -R "$USER" ${shellWord(folder)}`],
    });
  }
  if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** What is there of a path: the path itself, or the nearest above it. */
function nearestThere(path: string): string {
  const above = dirname(path);
  const there = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  return there || above === path ? path : nearestThere(above);
}
