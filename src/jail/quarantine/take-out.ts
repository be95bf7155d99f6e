import type { Stats } from 'node:fs';
import { systemCode } from '../../base/errors.ts';
import type { Quarantined } from '../../domain/quarantine.ts';
import { asText } from './byte-path.ts';
import type { Eyes } from './eyes.ts';
import { itemPath, type Kept, makeEntry, removeEntry, writeManifest } from './kept.ts';
import { moveOut, type Rename } from './move.ts';
import type { Pending } from './pending.ts';
import { tameTree } from './tree.ts';

export interface TakeOutDeps {
  /** Where it is kept. */
  readonly root: string;
  readonly now: () => number;
  readonly rename?: Rename | undefined;
  /** How many entries of a jail are looked at; 50,000 unless told. */
  readonly most?: number | undefined;
}

/** Paths that were moved, and those that were not, because of `why`. */
export interface Moves {
  readonly done: readonly string[];
  readonly left: readonly string[];
  readonly why?: unknown;
}

/**
 * Moves paths (byte strings) out of a jail into one new entry. It is written down first, so that nothing
 * lies in quarantine that nobody knows of.
 */
export function takeOut(
  { root, now, rename }: TakeOutDeps,
  { eyes, pending }: { readonly eyes: Eyes; readonly pending: Pending },
  paths: readonly string[],
): Moves {
  if (paths.length === 0) return { done: [], left: [] };
  const items = paths.map((at) => ({ at, path: asText(at), kind: kindOf(eyes.stat(at)) }));
  const { since: _, known: __, ...place } = pending;
  let entry: Kept | undefined;
  let done = 0;
  try {
    entry = makeEntry(root, place, { at: now(), items });
    for (const path of paths) {
      moveOut({ top: eyes.top, path }, itemPath(root, entry.id, done), rename);
      done += 1;
    }
    finish(root, entry, done);
    return { done: paths, left: [] };
  } catch (error) {
    if (entry) tidy(root, entry, done);
    return { done: paths.slice(0, done), left: paths.slice(done), why: error };
  }
}

function finish(root: string, entry: Kept, done: number): void {
  const items = entry.items.slice(0, done);
  const bytes = items.reduce((sum, _, i) => sum + tameTree(itemPath(root, entry.id, i)), 0);
  writeManifest(root, { ...entry, items, bytes });
}

/** The disk may be full: what cannot be tidied now does no harm where it lies. */
function tidy(root: string, entry: Kept, done: number): void {
  try {
    if (done === 0) removeEntry(root, entry.id);
    else finish(root, entry, done);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

const kindOf = (stats: Stats | undefined): Quarantined['kind'] => {
  if (stats?.isSymbolicLink()) return 'link';
  if (stats?.isDirectory()) return 'folder';
  return stats?.isFile() ? 'file' : 'other';
};
