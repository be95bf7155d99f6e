import type { FileHandle } from 'node:fs/promises';
import { AtomError, systemCode } from '../base/errors.ts';
import { type OpenFolder, openBelow, openFile } from '../config/open-below.ts';
import type { Place } from './place.ts';

/** At most this much of a file is looked at; larger files are cut when read and refused when changed. */
export const MAX_TEXT_BYTES = 256 * 1024;

/** What a file holds now. `bytes` is at most `MAX_TEXT_BYTES` long, `size` the whole. */
export interface Contents {
  readonly bytes: Buffer;
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
}

/** Reads a plain file. Throws AtomError `blocked` for anything else, `not-found` where it is missing. */
export const readContents = (place: Place): Promise<Contents> =>
  inFolderOf(place, (folder, name) => readFrom(folder, name, place.path));

/**
 * The same, or undefined where there is no such file. Throws AtomError `not-found` all the same where
 * the folder that it would be in is missing.
 */
export const readIfThere = (place: Place): Promise<Contents | undefined> =>
  inFolderOf(place, async (folder, name) => {
    try {
      return await readFrom(folder, name, place.path);
    } catch (error) {
      if (error instanceof AtomError && systemCode(error.cause) === 'ENOENT') return undefined;
      throw error;
    }
  });

async function inFolderOf<T>(
  { folder: jail, parts }: Place,
  work: (folder: OpenFolder, name: string) => Promise<T>,
): Promise<T> {
  const name = parts.at(-1);
  if (name === undefined) throw new AtomError('blocked', 'The jail’s folder is not a file.');
  const folder = await openBelow(jail, parts.slice(0, -1));
  try {
    return await work(folder, name);
  } finally {
    await folder.handle.close();
  }
}

async function readFrom(folder: OpenFolder, name: string, path: string): Promise<Contents> {
  const file = await openFile(folder, name);
  try {
    return await contentsOf(file, path);
  } finally {
    await file.close();
  }
}

/** The text of bytes, or undefined where they are not text: a NUL, or not UTF-8. */
export function textOf(bytes: Buffer, cut: boolean): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    // `stream` forgives a character that the cut went through.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: cut,
    });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

async function contentsOf(file: FileHandle, path: string): Promise<Contents> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new AtomError('blocked', `${path} is not a plain file.`);
  const room = Buffer.alloc(Math.min(stats.size, MAX_TEXT_BYTES));
  const { bytesRead } = await file.read(room, 0, room.length, 0);
  return { bytes: room.subarray(0, bytesRead), size: stats.size, mode: stats.mode & 0o777 };
}
