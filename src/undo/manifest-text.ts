import type { Entry, FileEntry, Manifest } from './entry.ts';

/** What was different after a run, compared with a manifest. */
export interface Difference {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly gone: readonly string[];
  readonly left: readonly string[];
}

/** A manifest as bytes: the same ones for the same manifest. */
export const encodeManifest = ({ tree, left }: Manifest): Uint8Array =>
  encode({ version: 1, left, entries: rowsOf(tree) });

export function decodeManifest(bytes: Uint8Array): Manifest {
  const { left, entries } = decode(bytes);
  return { left, tree: treeOf(entries) };
}

export const encodeDifference = ({ entries, gone, left }: Difference): Uint8Array =>
  encode({ version: 1, left, gone, entries: rowsOf(entries) });

export function decodeDifference(bytes: Uint8Array): Difference {
  const { left, gone, entries } = decode(bytes);
  return { left, gone: gone ?? [], entries: treeOf(entries) };
}

/** Kind, path, permissions, times, inode, and what the kind has besides. */
type EntryRow =
  | readonly ['d', string, number, number, number, number, boolean]
  | readonly ['l', string, number, number, number, number, string]
  | readonly ['f', string, number, number, number, number, number, string | null, boolean];

interface Written {
  readonly version: number;
  readonly left: readonly string[];
  readonly gone?: readonly string[];
  readonly entries: readonly EntryRow[];
}

const encode = (written: Written): Uint8Array => Buffer.from(JSON.stringify(written), 'utf8');

/** Trusted: it was written by us, into a folder that only the owner may open. */
const decode = (bytes: Uint8Array): Written =>
  JSON.parse(Buffer.from(bytes).toString('utf8')) as Written;

const rowsOf = (tree: ReadonlyMap<string, Entry>): readonly EntryRow[] =>
  Array.from(tree, ([path, entry]): EntryRow => {
    const { mode, mtime, ctime, ino } = entry;
    if (entry.kind === 'folder') return ['d', path, mode, mtime, ctime, ino, entry.closed === true];
    if (entry.kind === 'link') return ['l', path, mode, mtime, ctime, ino, entry.target];
    const { size, sha, fresh } = entry;
    return ['f', path, mode, mtime, ctime, ino, size, sha ?? null, fresh === true];
  });

const treeOf = (rows: readonly EntryRow[]): ReadonlyMap<string, Entry> =>
  new Map(rows.map((row) => [row[1], entryFrom(row)]));

function entryFrom(row: EntryRow): Entry {
  const marks = { mode: row[2], mtime: row[3], ctime: row[4], ino: row[5] };
  if (row[0] === 'd') return { kind: 'folder', ...marks, ...(row[6] ? { closed: true } : {}) };
  if (row[0] === 'l') return { kind: 'link', ...marks, target: row[6] };
  return fileFrom(row, marks);
}

const fileFrom = (
  row: EntryRow & readonly ['f', ...unknown[]],
  marks: Pick<FileEntry, 'mode' | 'mtime' | 'ctime' | 'ino'>,
): FileEntry => ({
  kind: 'file',
  ...marks,
  size: row[6],
  ...(row[7] === null ? {} : { sha: row[7] }),
  ...(row[8] ? { fresh: true } : {}),
});
