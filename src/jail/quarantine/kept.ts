import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AtomError, systemCode } from '../../base/errors.ts';
import { shortCode } from '../../base/ids.ts';
import {
  QUARANTINE_DAYS,
  type Quarantined,
  type QuarantineEntry,
} from '../../domain/quarantine.ts';
import { writePrivate } from '../../secrets/private-file.ts';
import { asBytes } from './byte-path.ts';
import type { Place } from './place.ts';
import { removeTree } from './tree.ts';

/** An entry as it lies on the disk: item number n is the file or folder `n` beside the manifest. */
export interface Kept extends QuarantineEntry {
  readonly items: readonly (Quarantined & { readonly at: string })[];
}

const shape = z.object({
  version: z.literal(1),
  id: z.string(),
  jail: z.string(),
  folder: z.string(),
  folderId: z.string(),
  run: z.string().optional(),
  at: z.number(),
  bytes: z.number(),
  items: z.array(
    z.object({
      path: z.string(),
      kind: z.enum(['file', 'folder', 'link', 'other']),
      /** The path as a byte string. */
      at: z.string(),
    }),
  ),
});

const NAME = /^q-[a-z0-9]{6}$/;
const MOST_MS = QUARANTINE_DAYS * 86_400_000;
const MOST_BYTES = 1024 ** 3;

/** Where a profile keeps it: its folder of state is outside every jail. */
export const quarantineIn = ({ state }: { readonly state: string }): string =>
  join(state, 'quarantine');

/** Makes the folder of a new entry and writes down what will be in it. Throws system errors. */
export function makeEntry(
  root: string,
  place: Place,
  { at, items }: Pick<Kept, 'at' | 'items'>,
): Kept {
  const id = `q-${shortCode(6)}`;
  mkdirSync(root, { recursive: true, mode: 0o700 });
  mkdirSync(join(root, id), { mode: 0o700 });
  const { unprotected: _, ...where } = place;
  const entry = { ...where, id, at, bytes: 0, items };
  writeManifest(root, entry);
  return entry;
}

export const writeManifest = (root: string, entry: Kept): void =>
  writePrivate(join(root, entry.id, 'manifest.json'), JSON.stringify({ version: 1, ...entry }));

/** Where an item lies, as a byte string. */
export const itemPath = (root: string, id: string, index: number): string =>
  asBytes(join(root, id, String(index)));

/** Everything that is kept, the newest first. What cannot be read is left out. */
export const listKept = (root: string): readonly Kept[] =>
  names(root)
    .flatMap((name) => readEntry(root, name) ?? [])
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));

/** One entry, with what of it is still there. Throws AtomError `not-found`. */
export function findKept(root: string, id: string): Kept {
  const entry = NAME.test(id) ? readEntry(root, id) : undefined;
  if (entry) return entry;
  throw new AtomError('not-found', `Nothing in quarantine is called ${id}.`, {
    next: ['See what there is:   atom quarantine list'],
  });
}

export const removeEntry = (root: string, id: string): void => removeTree(asBytes(join(root, id)));

/** Removes an entry for good. Throws AtomError `not-found`. */
export function dropKept(root: string, id: string): Kept {
  const entry = findKept(root, id);
  removeEntry(root, id);
  return entry;
}

/** Forgets what is older than 30 days, and the oldest where all of it is more than 1 GiB. */
export function pruneKept(root: string, now: number): readonly string[] {
  let room = MOST_BYTES;
  const gone = listKept(root).filter(({ at, bytes }, index) => {
    room -= bytes;
    // The newest one was told just now.
    return now - at > MOST_MS || (room < 0 && index > 0);
  });
  for (const { id } of gone) dropKept(root, id);
  return gone.map(({ id }) => id);
}

const names = (root: string): readonly string[] =>
  existsSync(root) ? readdirSync(root).filter((name) => NAME.test(name)) : [];

function readEntry(root: string, id: string): Kept | undefined {
  try {
    const file = join(root, id, 'manifest.json');
    const parsed = shape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? (parsed.data as Kept) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || systemCode(error) !== undefined) return undefined;
    throw error;
  }
}
