import { closeSync, constants, fstatSync, openSync, type PathLike, readSync } from 'node:fs';
import { systemCode } from '../base/errors.ts';

/** Opens what may be anything by now for reading: never through a link, and never waits for a pipe. */
export const OPEN_PLAIN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** What a plain file holds that has at most `most` bytes; undefined where it is none, longer, or cannot be opened. */
export function plainBytes(path: PathLike, most: number): Buffer | undefined {
  const file = openIfPlain(path);
  if (file === undefined) return undefined;
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > most) return undefined;
    const bytes = Buffer.alloc(stats.size);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function openIfPlain(path: PathLike): number | undefined {
  try {
    return openSync(path, OPEN_PLAIN);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
