import { closeSync, fstatSync, lstatSync } from 'node:fs';
import { below, type Entry } from './entry.ts';
import { inside, type OpenFolder, openIn, openTop } from './open-folder.ts';
import { entryOf, linkOf, type Scan } from './scan.ts';

/** Looks at one path in a folder and at the folders above it; like `scan` where nothing else matters. */
export function scanPath(folder: string, path: string): Scan {
  const tree = new Map<string, Entry>();
  let here: OpenFolder = openTop(folder);
  try {
    tree.set('', entryOf(fstatSync(here.fd)));
    let at = '';
    for (const name of path.split('/')) {
      at = below(at, name);
      const entry = entryAt(here, name);
      if (entry) tree.set(at, entry);
      if (entry?.kind !== 'folder' || at === path) break;
      const above = here;
      here = openIn(above, name);
      closeSync(above.fd);
    }
    return { tree, left: [], odd: [] };
  } finally {
    closeSync(here.fd);
  }
}

function entryAt(here: OpenFolder, name: string): Entry | undefined {
  const stats = lstatSync(inside(here, name), { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (stats.isSymbolicLink()) return linkOf(here, name, stats);
  return stats.isFile() || stats.isDirectory() ? entryOf(stats) : undefined;
}
