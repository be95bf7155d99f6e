import { scanAll } from './after.ts';
import { createReader, type Reader } from './content.ts';
import { type Entry, identical, type Manifest, type Tree, untouched } from './entry.ts';
import type { Scan } from './scan.ts';
import { digested, type Place } from './take.ts';

/**
 * A folder as it is now. Files are read only where the run changed them and their times do not tell
 * whether anybody changed them since.
 */
export async function lookNow(
  place: Place,
  before: Manifest,
  after: Tree | undefined,
): Promise<Scan> {
  const found = await scanAll(place, before);
  const tree = new Map<string, Entry>();
  const reader = createReader(place.folder, place.now);
  try {
    for (const [path, entry] of found.tree) {
      const known = {
        was: before.tree.get(path),
        end: after?.get(path),
        seen: after !== undefined,
      };
      tree.set(path, await withDigest(reader, { path, entry }, known));
    }
  } finally {
    reader.close();
  }
  return { ...found, tree };
}

async function withDigest(
  reader: Reader,
  { path, entry }: { readonly path: string; readonly entry: Entry },
  known: {
    readonly was: Entry | undefined;
    readonly end: Entry | undefined;
    readonly seen: boolean;
  },
): Promise<Entry> {
  if (entry.kind !== 'file') return entry;
  const same = [known.end, known.was].find((old) => old !== undefined && untouched(old, entry));
  if (same) return same;
  if (known.seen && identical(known.was, known.end)) return entry;
  const comparable = [known.end, known.was].some(
    (old) => old?.kind === 'file' && old.sha !== undefined && old.size === entry.size,
  );
  return comparable ? digested(reader, path, entry) : entry;
}
