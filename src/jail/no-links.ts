import { lstatSync, realpathSync, type Stats } from 'node:fs';
import { join, relative } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { shellWord } from '../base/shell-word.ts';
import { visible } from '../base/visible.ts';

/**
 * What lies at `name` below `folder`, or undefined. Every folder on the way is looked at without
 * following it; a link there throws AtomError `blocked`. What it ends at may be a link itself.
 */
export function lookBelow(folder: string, name: string): Stats | undefined {
  let path = folder;
  let stats: Stats | undefined;
  for (const part of name.split('/').filter(Boolean)) {
    if (stats?.isSymbolicLink()) throw cannotProtect(path);
    path = join(path, part);
    stats = lstatIfThere(path);
    if (!stats) return undefined;
  }
  return stats;
}

/**
 * The last look at where something will be mounted in a jail: bubblewrap before 0.12 would follow a
 * link out of it, and would make what is missing. Throws AtomError `blocked` at either.
 */
export function refuseLinks(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    const name = relative(folder, path);
    if (name === '') continue;
    const stats = lookBelow(folder, name);
    if (stats?.isSymbolicLink()) throw cannotProtect(path);
    if (!stats)
      throw new AtomError('blocked', `${visible(path)} went away while the jail was made.`, {
        next: ['Ask for it again.'],
      });
  }
}

/** Where a link ends, or undefined where that is nowhere. */
export function endOfLink(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

/** The refusal of a link that stands where something must be mounted. Only the owner can mend that. */
export const cannotProtect = (path: string): AtomError =>
  new AtomError('blocked', `${visible(path)} is a symbolic link, which cannot be protected.`, {
    next: [`Put a real file or folder in its place, or remove it:   rm ${shellWord(path)}`],
  });

function lstatIfThere(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}
