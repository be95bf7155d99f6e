import type { FileHandle } from 'node:fs/promises';
import { AtomError, systemCode } from '../base/errors.ts';
import type { Place } from './place.ts';
import { openBelow, openFile } from './walk.ts';

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
export async function readContents(place: Place): Promise<Contents> {
  const name = place.parts.at(-1);
  if (name === undefined) throw new AtomError('blocked', 'The jail’s folder is not a file.');
  const folder = await openBelow(place.folder, place.parts.slice(0, -1));
  try {
    const file = await openFile(folder, name);
    try {
      return await contentsOf(file, place.path);
    } finally {
      await file.close();
    }
  } finally {
    await folder.handle.close();
  }
}

/** The same, or undefined where there is no such file. */
export async function readIfThere(place: Place): Promise<Contents | undefined> {
  try {
    return await readContents(place);
  } catch (error) {
    if (error instanceof AtomError && systemCode(error.cause) === 'ENOENT') return undefined;
    throw error;
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
