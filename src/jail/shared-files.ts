import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { shellWord } from '../base/shell-word.ts';
import { visible } from '../base/visible.ts';
import { isInside } from '../domain/jail-choice.ts';
import type { Guard } from './bwrap-args.ts';
import { entriesOf, type Visit } from './hidden.ts';

/** Files of a jail that also have a name outside it: hard links, such as package stores and backups make. */
export interface SharedFiles {
  /** Looks at an entry of the jail, and at all there is below a folder that nobody else looks into. */
  readonly visit: Visit;
  /** What keeps them as they are. Throws AtomError `blocked` where they are too many. */
  guards(): readonly Guard[];
}

const MOST_SHARED = 150;
/** In folders that only this looks into. */
const MOST_ENTRIES = 100_000;

interface Linked {
  readonly links: number;
  readonly paths: Set<string>;
}

/**
 * Finds them among what commands could write: `covered` is read-only anyway. A file all of whose names
 * were seen is the jail's own.
 */
export function createSharedFiles(folder: string, covered: readonly string[]): SharedFiles {
  const found = new Map<string, Linked>();
  const isCovered = (path: string): boolean => covered.some((outer) => isInside(outer, path));
  let seen = 0;
  const visit: Visit = (path, entry, open) => {
    if (entry.isFile()) note(found, path);
    if (!entry.isDirectory() || open || isCovered(path)) return;
    const entries = entriesOf(path);
    seen += entries.length;
    if (seen > MOST_ENTRIES) throw refused(folder, 'too many files to tell hard links among them');
    for (const inner of entries) visit(join(path, inner.name), inner, false);
  };
  return {
    visit,
    guards: () => {
      const shared = [...found.values()].filter(({ links, paths }) => paths.size < links);
      const open = shared.flatMap(({ paths }) => [...paths]).filter((path) => !isCovered(path));
      if (open.length > MOST_SHARED)
        throw refused(folder, `${open.length} hard links to files outside, such as ${open[0]}`);
      return open.map((path) => ({ path, how: 'read-only' }));
    },
  };
}

function note(found: Map<string, Linked>, path: string): void {
  const stats = lstatIfThere(path);
  if (stats === undefined || stats.nlink < 2) return;
  const id = `${stats.dev}:${stats.ino}`;
  const known = found.get(id) ?? { links: stats.nlink, paths: new Set() };
  found.set(id, known);
  known.paths.add(path);
}

const refused = (folder: string, holds: string): AtomError =>
  new AtomError('blocked', `${visible(folder)} holds ${visible(holds)}.`, {
    next: [
      `Make a jail of a copy, whose files are its own:   cp -R ${shellWord(folder)} ${shellWord(`${folder}-copy`)}`,
    ],
  });

function lstatIfThere(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}
