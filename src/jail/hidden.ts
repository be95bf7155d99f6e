import { type Dirent, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { isInside } from '../domain/jail-choice.ts';
import { isReadDenied } from '../domain/protected-names.ts';
import type { Guard } from './bwrap-args.ts';

/** Folders that are large, and whose secrets are not the owner's. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);
/** Deeper than projects nest their settings; what lies deeper is not hidden. */
const MOST_DEPTH = 8;
/** Entries looked at; a jail of more than these is refused rather than half hidden. */
const MOST_ENTRIES = 50_000;
/** Each costs a mount. */
const MOST_HIDDEN = 200;

/**
 * What must be hidden anywhere in a jail: files and folders that hold secrets by their name (`.env`,
 * `*.pem`, `id_*`). Throws AtomError `blocked` where there are too many to be sure, or where a link
 * with such a name shows something in the jail under it.
 */
export function findHidden(folder: string): readonly Guard[] {
  const found = pathsBelow(folder)
    .filter(({ name }) => isReadDenied(name))
    .flatMap(({ parentPath, name }) => guardFor(folder, join(parentPath, name)));
  if (found.length > MOST_HIDDEN) throw tooMany(folder);
  return found;
}

/** What lies in a folder and below it, level by level. */
function pathsBelow(folder: string): readonly Dirent[] {
  const all: Dirent[] = [];
  let level: readonly string[] = [folder];
  for (let depth = 0; depth <= MOST_DEPTH && level.length > 0; depth++) {
    const entries = level.flatMap(entriesOf);
    all.push(...entries);
    if (all.length > MOST_ENTRIES) throw tooLarge(folder);
    level = entries.filter(isOpen).map(({ parentPath, name }) => join(parentPath, name));
  }
  return all;
}

const isOpen = (entry: Dirent): boolean =>
  entry.isDirectory() && !SKIPPED.has(entry.name) && !isReadDenied(entry.name);

/** A folder that cannot be read, or went away meanwhile, shows nothing to a command either. */
function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}

function guardFor(folder: string, path: string): readonly Guard[] {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isSymbolicLink())
    return [{ path, how: stats.isDirectory() ? 'hide-folder' : 'hide-file' }];
  // A link that leads nowhere in the jail shows a command nothing, and cannot be mounted over safely.
  if (!leadsInto(folder, path)) return [];
  throw new AtomError(
    'blocked',
    `${path} is a symbolic link with the name of a secret, which cannot be hidden.`,
    {
      next: [`Replace it with a real file, or remove it: rm ${path}`],
    },
  );
}

function leadsInto(folder: string, link: string): boolean {
  try {
    return isInside(folder, realpathSync(link));
  } catch (error) {
    if (systemCode(error) !== undefined) return false;
    throw error;
  }
}

const tooLarge = (folder: string): AtomError =>
  new AtomError(
    'blocked',
    `${folder} holds more than ${MOST_ENTRIES.toLocaleString('en')} files, too many to look for secrets among them.`,
    {
      next: ['Make a smaller folder the jail: atom jails add <folder>'],
    },
  );

const tooMany = (folder: string): AtomError =>
  new AtomError(
    'blocked',
    `${folder} holds more than ${MOST_HIDDEN} files with names of secrets (.env, *.pem, id_*).`,
    {
      next: ['Make a smaller folder the jail: atom jails add <folder>'],
    },
  );
