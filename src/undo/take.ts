import { AtomError, systemCode } from '../base/errors.ts';
import { SNAPSHOT_CAPS } from './caps.ts';
import { createReader, digestChunks, type Reader, type Take } from './content.ts';
import { asText, type Entry, type FileEntry, type Manifest, untouched } from './entry.ts';
import { type Scan, scan } from './scan.ts';
import { scanPath } from './scan-path.ts';

/** Where to look. */
export interface Place {
  readonly folder: string;
  /** Only this one path in it; a byte string. */
  readonly path?: string | undefined;
  /** The wall clock. */
  readonly now: () => number;
}

/** What was known of the folder, so that only what changed since is read. */
export interface Former {
  readonly tree: Manifest['tree'];
  /** True where a content is still kept. */
  has(sha: string): boolean;
}

export interface Taken {
  readonly manifest: Manifest;
  /** False where all of it is as it was in the former one. */
  readonly changed: boolean;
  /** Sockets, pipes and devices: they cannot be kept. */
  readonly odd: readonly string[];
}

/**
 * A manifest of a folder as it is now; `take` keeps each content that is not known. Throws AtomError
 * `blocked` where not all of it can be kept: then nothing may be changed there as if it could.
 */
export async function takeManifest(place: Place, former: Former, take: Take): Promise<Taken> {
  const found = await look(place);
  const tree = new Map<string, Entry>();
  const reader = createReader(place.folder, place.now);
  let changed = found.tree.size !== former.tree.size;
  try {
    for (const [path, entry] of found.tree) {
      const old = former.tree.get(path);
      const same = old !== undefined && untouched(old, entry) && isKept(old, former);
      const now = same ? old : await fresh(reader, { path, entry }, take);
      changed ||= !same;
      if (now) tree.set(path, now);
    }
  } finally {
    reader.close();
  }
  return { manifest: { tree, left: found.left }, changed, odd: found.odd };
}

const look = async ({ folder, path }: Place): Promise<Scan> =>
  path === undefined
    ? scan(folder, { caps: SNAPSHOT_CAPS, mayLeave: () => true })
    : scanPath(folder, path);

const isKept = (entry: Entry, former: Former): boolean =>
  entry.kind !== 'file' || (entry.sha !== undefined && former.has(entry.sha));

async function fresh(
  reader: Reader,
  { path, entry }: { readonly path: string; readonly entry: Entry },
  take: Take,
): Promise<Entry | undefined> {
  if (entry.kind === 'folder' && entry.closed) throw unreadable(path);
  if (entry.kind !== 'file') return entry;
  try {
    return await reader.read(path, take);
  } catch (error) {
    throw isDenied(error) ? unreadable(path) : error;
  }
}

/** Only the digest of a file's content; the entry as it is where it may not be read, or went away. */
export async function digested(reader: Reader, path: string, entry: FileEntry): Promise<FileEntry> {
  try {
    return (await reader.read(path, digestChunks)) ?? entry;
  } catch (error) {
    if (isDenied(error)) return entry;
    throw error;
  }
}

const isDenied = (error: unknown): boolean => ['EACCES', 'EPERM'].includes(systemCode(error) ?? '');

const unreadable = (path: string): AtomError =>
  new AtomError('blocked', `${asText(path)} cannot be read, so it could not be brought back`);
