import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import { isInside } from '../domain/jail-choice.ts';
import { holdsReadDenied, isReadDenied } from '../domain/protected-names.ts';
import type { Guard } from './bwrap-args.ts';
import { cannotProtect, endOfLink } from './no-links.ts';

/** Is told of every entry that is not hidden; `open` where a folder's own entries follow. */
export type Visit = (path: string, entry: Dirent, open: boolean) => void;

/** Folders that are large, and whose secrets are not the owner's. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);
const MOST_ENTRIES = 50_000;

/**
 * What must be hidden anywhere in a jail: files and folders that hold secrets by their name (`.env`,
 * `*.pem`, `id_*`), looked for anew each time from each of `starts` down (absolute; the jail's folder
 * first). Folders above them are pinned, because one that was moved into a skipped place would take
 * them out of sight. Throws AtomError `blocked` where a jail is too large to be sure, and at a link with
 * such a name that shows something else of the jail.
 */
export function findHidden(
  folder: string,
  starts: readonly string[],
  visit: Visit = () => undefined,
): readonly Guard[] {
  const open = new Set(starts);
  const hidden: Guard[] = [];
  let seen = 0;
  for (const here of open) {
    const entries = entriesOf(here);
    seen += entries.length;
    if (seen > MOST_ENTRIES) throw tooLarge(folder);
    for (const entry of entries) {
      const path = join(here, entry.name);
      if (isReadDenied(entry.name)) {
        hidden.push(...guardFor(folder, path, entry));
        continue;
      }
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) open.add(path);
      visit(path, entry, open.has(path));
    }
  }
  return hidden.flatMap((guard) => [...pinsAbove(folder, guard.path), guard]);
}

/**
 * What hides a path that the owner marked private: where it ends, if that is in the jail. What is not
 * there needs no hiding; a path outside the jail is not shown anyway.
 */
export function hidePrivate(folder: string, path: string): readonly Guard[] {
  const end = endOfLink(path);
  if (end === undefined || end === folder || !isInside(folder, end)) return [];
  const how = lstatSync(end).isDirectory() ? 'hide-folder' : 'hide-file';
  return [...pinsAbove(folder, end), { path: end, how }];
}

/** What is in a folder. One that cannot be read, or went away meanwhile, shows nothing to a command either. */
export function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}

function guardFor(folder: string, path: string, entry: Dirent): readonly Guard[] {
  if (!entry.isSymbolicLink())
    return [{ path, how: entry.isDirectory() ? 'hide-folder' : 'hide-file' }];
  const end = endOfLink(path);
  // A link that leads nowhere in the jail shows a command nothing, and cannot be mounted over safely.
  if (end === undefined || !isInside(folder, end)) return [];
  // What it leads to is hidden by its own name.
  if (holdsReadDenied(relative(folder, end))) return [];
  throw cannotProtect(path);
}

const pinsAbove = (folder: string, path: string): readonly Guard[] => {
  const parents = relative(folder, path).split('/').slice(0, -1);
  return parents.map((_, i) => ({ path: join(folder, ...parents.slice(0, i + 1)), how: 'pin' }));
};

const tooLarge = (folder: string): AtomError =>
  new AtomError(
    'blocked',
    `${visible(folder)} holds more than ${MOST_ENTRIES.toLocaleString('en')} files, too many to look for secrets among them.`,
    { next: ['Make a smaller folder the jail:   atom jails add <folder>'] },
  );
