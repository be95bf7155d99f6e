import type { Stats } from 'node:fs';
import { openBelow, openFile } from '../config/open-below.ts';

export interface PlainFile {
  readonly stats: Stats;
  /** Undefined where it is no plain file, or longer than there is room. */
  readonly bytes: Buffer | undefined;
}

/**
 * Reads a file below a real folder, by its path in there, as long as it was when it was opened: it may have
 * become a link, a pipe that never ends, or longer, since it was looked at, and so may any folder on the way.
 * Throws AtomError `blocked` where a link is on it, `not-found` where it is gone.
 */
export async function readPlain(
  { root, path }: { readonly root: string; readonly path: string },
  room: number,
): Promise<PlainFile> {
  const parts = path.split('/');
  const folder = await openBelow(root, parts.slice(0, -1));
  const file = await openFile(folder, parts.at(-1) ?? '').finally(() => folder.handle.close());
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
