import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';

export interface PlainFile {
  readonly stats: Stats;
  /** Undefined where it is no plain file, or longer than there is room. */
  readonly bytes: Buffer | undefined;
}

/**
 * Reads a file as long as it was when it was opened: it may have become a link, a pipe that never ends, or
 * longer, since it was looked at. Rejects with the system's error where it is a link.
 */
export async function readPlain(path: string, room: number): Promise<PlainFile> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > room) return { stats, bytes: undefined };
    const bytes = Buffer.alloc(stats.size);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return { stats, bytes: bytes.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}
