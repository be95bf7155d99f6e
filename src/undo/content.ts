import { createHash } from 'node:crypto';
import { closeSync, fstatSync } from 'node:fs';
import { systemCode } from '../base/errors.ts';
import { createBreath, LOOKS } from './breath.ts';
import { CHUNK, type Chunks, fileChunks } from './chunks.ts';
import { type FileEntry, parentOf } from './entry.ts';
import { type OpenFolder, openBelow, openFile } from './open-folder.ts';
import { entryOf } from './scan.ts';

/** Takes the content of a file: its SHA-256. */
export type Take = (chunks: Chunks) => Promise<string>;

/** Reads files of one folder, in the order of its tree, so that each of its folders is opened once. */
export interface Reader {
  /**
   * The file as it is now, with its SHA-256; undefined where it went away or is no file any more. Throws
   * system errors, EACCES where it may not be read.
   */
  read(path: string, take: Take): Promise<FileEntry | undefined>;
  close(): void;
}

/** A file that changed this shortly before it was read may change again within the same tick. */
const FRESH_MS = 1000;

/** `now` is the wall clock, which file times are told by. */
export function createReader(top: string, now: () => number): Reader {
  let open: { readonly path: string; readonly folder: OpenFolder } | undefined;
  const close = (): void => {
    if (open) closeSync(open.folder.fd);
    open = undefined;
  };
  const folderOf = (path: string): OpenFolder => {
    const parent = parentOf(path) ?? '';
    if (open?.path === parent) return open.folder;
    close();
    open = { path: parent, folder: openBelow(top, parent) };
    return open.folder;
  };
  const read: Reader['read'] = async (path, take) => {
    try {
      const fd = openFile(folderOf(path), path.slice(path.lastIndexOf('/') + 1));
      try {
        return await readOpen(fd, now, take);
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(systemCode(error) ?? ''))
        return undefined;
      throw error;
    }
  };
  return { read, close };
}

async function readOpen(fd: number, now: () => number, take: Take): Promise<FileEntry | undefined> {
  const before = fstatSync(fd);
  if (!before.isFile()) return undefined;
  const sha = await take(fileChunks(fd));
  const after = fstatSync(fd);
  const entry = entryOf(after);
  if (entry.kind !== 'file') return undefined;
  const moved = before.ctimeMs !== after.ctimeMs || before.size !== after.size;
  const fresh = moved || Math.abs(now() - after.ctimeMs) < FRESH_MS;
  return { ...entry, sha, ...(fresh ? { fresh } : {}) };
}

/** Only the SHA-256 of a content. */
export async function digestChunks(chunks: Chunks): Promise<string> {
  const hash = createHash('sha256');
  for (let chunk = chunks(); chunk !== undefined; chunk = chunks()) {
    hash.update(chunk);
    await (chunk.length < CHUNK ? breath.step(LOOKS.read) : breath.pause());
  }
  return hash.digest('hex');
}

/** Shared, because most files are one step. */
const breath = createBreath();
