import { chmodSync, renameSync } from 'node:fs';
import { AtomError, systemCode } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { asText, forSystem } from './byte-path.ts';
import { lstatIfThere } from './eyes.ts';
import { copyTree, removeTree } from './tree.ts';

/** Something below a folder: both are byte strings, `path` relative. */
export interface Spot {
  readonly top: string;
  readonly path: string;
}

export type Rename = (from: string, to: string) => void;

/**
 * Moves something out of a folder to where nothing is yet, as it is: a link stays a link. Across file
 * systems it is copied whole before it is removed. Throws AtomError `blocked` where a folder on the way
 * is a link, and system errors.
 */
export function moveOut({ top, path }: Spot, to: string, rename: Rename = renameBytes): void {
  requireFolders({ top, path });
  const from = `${top}/${path}`;
  const above = from.slice(0, from.lastIndexOf('/'));
  withWriting([above, from], () => {
    if (renames(rename, from, to)) return;
    const draft = `${to}.part`;
    removeTree(draft);
    copyTree(from, draft);
    // What could not be copied (a pipe, a socket) holds nothing that could be kept.
    if (lstatIfThere(draft)) renameBytes(draft, to);
    removeTree(from);
  });
}

/** Puts something where nothing is. Throws AtomError `blocked` where something is, or a link on the way. */
export function moveBack(from: string, { top, path }: Spot, rename: Rename = renameBytes): void {
  requireFolders({ top, path });
  const to = `${top}/${path}`;
  if (lstatIfThere(to))
    throw new AtomError('blocked', `Something is in its place already: ${visible(asText(to))}`);
  if (renames(rename, from, to)) return;
  copyTree(from, to);
  removeTree(from);
}

const renameBytes: Rename = (from, to) => renameSync(forSystem(from), forSystem(to));

/** False where both do not lie on one file system. */
function renames(rename: Rename, from: string, to: string): boolean {
  try {
    rename(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EXDEV') return false;
    throw error;
  }
}

/** A command may have taken the right to write away; a folder that moves needs it on itself as well. */
function withWriting(folders: readonly string[], work: () => void): void {
  const opened = folders.flatMap((path) => {
    const stats = lstatIfThere(path);
    if (!stats?.isDirectory() || (stats.mode & 0o300) === 0o300) return [];
    chmodSync(forSystem(path), stats.mode | 0o700);
    return [{ path, mode: stats.mode & 0o7777 }];
  });
  try {
    work();
  } finally {
    for (const { path, mode } of opened) if (lstatIfThere(path)) chmodSync(forSystem(path), mode);
  }
}

function requireFolders({ top, path }: Spot): void {
  const parts = path.split('/').slice(0, -1);
  for (let i = 0; i <= parts.length; i++) {
    const here = [top, ...parts.slice(0, i)].join('/');
    if (!lstatIfThere(here)?.isDirectory())
      throw new AtomError('blocked', `${visible(asText(here))} is not a folder any more.`);
  }
}
