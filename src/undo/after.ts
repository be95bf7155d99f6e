import { LOOK_CAPS, MOST_READ_AFTER } from './caps.ts';
import { createReader, type Reader } from './content.ts';
import { type Entry, identical, type Manifest, untouched } from './entry.ts';
import type { Difference } from './manifest-text.ts';
import { type Scan, scan } from './scan.ts';
import { scanPath } from './scan-path.ts';
import { digested, type Place } from './take.ts';

/**
 * What is different now, compared with before a run: only then can it be told later whether anybody
 * else has changed it again. `changed` counts paths.
 */
export async function differenceAfter(
  place: Place,
  before: Manifest,
): Promise<Difference & { readonly changed: number }> {
  const now = await scanAll(place, before);
  const entries = new Map<string, Entry>();
  const reader = createReader(place.folder, place.now);
  try {
    const read = withBudget(reader, MOST_READ_AFTER);
    for (const [path, entry] of now.tree) {
      const old = before.tree.get(path);
      if (!old || !untouched(old, entry)) entries.set(path, await read(path, entry));
    }
  } finally {
    reader.close();
  }
  const gone = [...before.tree.keys()].filter((path) => !now.tree.has(path));
  const left = leftIn(before, now);
  const isLeft = underAny(left);
  const differs = [...entries].filter(([path, entry]) => !identical(before.tree.get(path), entry));
  const changed = [...differs.map(([path]) => path), ...gone].filter((path) => !isLeft(path));
  return { entries, gone, left, changed: changed.length };
}

/**
 * Everything there is now, however large. What was looked at before is looked at again, so that nothing
 * is hidden by growing; what was left out before stays out.
 */
export const scanAll = async ({ folder, path }: Place, { tree, left }: Manifest): Promise<Scan> =>
  path === undefined
    ? scan(folder, { caps: LOOK_CAPS, mayLeave: (at) => left.includes(at) || !tree.has(at) })
    : scanPath(folder, path);

/** All that was left out, at any of several times. */
export const leftIn = (...all: readonly Pick<Manifest, 'left'>[]): readonly string[] => [
  ...new Set(all.flatMap(({ left }) => left)),
];

/** Tells whether a path is, or lies below, one of some folders. */
export function underAny(folders: readonly string[]): (path: string) => boolean {
  if (folders.length === 0) return () => false;
  return (path) => folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

function withBudget(reader: Reader, bytes: number) {
  let rest = bytes;
  return async (path: string, entry: Entry): Promise<Entry> => {
    if (entry.kind !== 'file' || entry.size > rest) return entry;
    rest -= entry.size;
    return digested(reader, path, entry);
  };
}
