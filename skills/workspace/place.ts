import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';

/** A folder to look in; both paths are real and `folder` lies inside `root`. */
export interface Place {
  readonly root: string;
  readonly folder: string;
}

/** One file on the way through a place. `path` is relative to the root. */
export interface FoundFile {
  readonly path: string;
  readonly full: string;
}

const SKIPPED = ['.git', 'node_modules'];
/** Files and folders looked at before giving up: a few seconds' worth. */
const MOST_ENTRIES = 20_000;

/** Throws where the path leads out of the root, links followed, or to what is no folder. */
export function placeIn(folder: string, path: string): Place {
  const root = realpathSync(folder);
  const real = realpathSync(resolve(root, path));
  const way = relative(root, real);
  const leadsOut = way === '..' || way.startsWith('../') || isAbsolute(way);
  if (leadsOut) throw new Error(`${path} leads out of the folder.`);
  if (!statSync(real).isDirectory()) throw new Error(`${path} is no folder.`);
  return { root, folder: real };
}

/** What is in a folder, by name. Links are entries like any other and are never followed. */
export const entriesOf = (folder: string): readonly Dirent[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.includes(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Every plain file below a place, folder by folder; ends early where there are too many. */
export function* filesBelow({ root, folder }: Place): Generator<FoundFile> {
  const waiting = [folder];
  for (let seen = 0; seen < MOST_ENTRIES; ) {
    const next = waiting.shift();
    if (next === undefined) return;
    for (const entry of entriesOf(next)) {
      const full = join(next, entry.name);
      if (entry.isDirectory()) waiting.push(full);
      if (entry.isFile()) yield { path: relative(root, full), full };
      seen++;
    }
  }
}
