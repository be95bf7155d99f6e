/**
 * What lies at one path of a tree. Paths and targets are byte strings (latin1, one character a byte),
 * because a name need not be UTF-8. Times are milliseconds with their fraction, as `lstat` gives them.
 */
export type Entry = FileEntry | LinkEntry | FolderEntry;

interface Marks {
  /** Permission bits, 07777. */
  readonly mode: number;
  readonly mtime: number;
  readonly ctime: number;
  readonly ino: number;
}

export interface FileEntry extends Marks {
  readonly kind: 'file';
  readonly size: number;
  /** Of its content; missing where it was not read. */
  readonly sha?: string;
  /** It changed so shortly before it was read that its times cannot tell of a later change. */
  readonly fresh?: boolean;
}

export interface LinkEntry extends Marks {
  readonly kind: 'link';
  readonly target: string;
}

export interface FolderEntry extends Marks {
  readonly kind: 'folder';
  /** It cannot be opened: what is in it is not known. */
  readonly closed?: boolean;
}

/** Entries by path relative to the folder (`a/b`; `` for the folder itself), parents first. */
export type Tree = ReadonlyMap<string, Entry>;

export interface Manifest {
  readonly tree: Tree;
  /** Folders that were too large, and are no part of it. */
  readonly left: readonly string[];
}

/** True where nothing touched it in between, as far as `lstat` can tell. */
export function untouched(a: Entry, b: Entry): boolean {
  if (a.kind !== b.kind || a.ino !== b.ino || a.ctime !== b.ctime) return false;
  if (a.mtime !== b.mtime || a.mode !== b.mode) return false;
  if (a.kind === 'file' && b.kind === 'file') return a.size === b.size && a.fresh !== true;
  return true;
}

/** True where both hold the same: kind, permissions and content, whenever and however they came to be. */
export function alike(a: Entry | undefined, b: Entry | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.mode !== b.mode && a.kind !== 'link') return false;
  if (a.kind === 'link') return b.kind === 'link' && a.target === b.target;
  if (a.kind === 'folder') return b.kind === 'folder';
  if (b.kind !== 'file' || a.size !== b.size) return false;
  return a.sha === undefined || b.sha === undefined ? untouched(a, b) : a.sha === b.sha;
}

/** As `alike`, and changed at the same time. Folders have their times from what is in them. */
export const identical = (a: Entry | undefined, b: Entry | undefined): boolean =>
  alike(a, b) && (a?.kind === 'folder' || sameTime(a?.mtime ?? 0, b?.mtime ?? 0));

/** Setting a time loses what a double cannot hold: less than a microsecond. */
export const sameTime = (a: number, b: number): boolean => Math.abs(a - b) < 0.01;

/** A byte string as text, for people. */
export const asText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** Text as a byte string. */
export const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** The folder that holds a path; `` for the top, undefined for the top itself. */
export const parentOf = (path: string): string | undefined =>
  path === '' ? undefined : path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A path below a folder, both as byte strings. */
export const below = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;
