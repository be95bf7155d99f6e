import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { AtomError } from '../base/errors.ts';
import { openBelow, openFile } from '../config/open-below.ts';
import { SNIFFED_BYTES, sniff } from '../domain/media-type.ts';
import type { Place } from './place.ts';

/** What a file holds, as far as it matters to whoever lets it go. */
export interface Outgoing {
  /** SHA-256, lower-case hex. */
  readonly digest: string;
  readonly bytes: number;
  /** By its first bytes. */
  readonly type: string;
}

/**
 * Looks at a whole file of at most `most` bytes. Throws AtomError `blocked` where it is larger, empty or
 * no plain file, and as `openBelow` does.
 */
export const lookAtFile = (place: Place, most: number): Promise<Outgoing> =>
  withFile(place, (file) => through(file, place, { most, take: async () => undefined }));

/**
 * Copies a file of the jail to a new path that only its owner reads, and looks at what was copied: what
 * is decided about and what goes are the same bytes. Flushed. Throws as `lookAtFile` does.
 */
export const copyOut = (place: Place, to: string, most: number): Promise<Outgoing> =>
  withFile(place, async (file) => {
    const copy = await open(to, 'wx', 0o600);
    try {
      const found = await through(file, place, { most, take: (part) => copy.appendFile(part) });
      await copy.sync();
      return found;
    } finally {
      await copy.close();
    }
  });

async function withFile<T>(place: Place, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const name = place.parts.at(-1);
  if (name === undefined) throw new AtomError('blocked', 'The jail’s folder is not a file.');
  const folder = await openBelow(place.folder, place.parts.slice(0, -1));
  try {
    const file = await openFile(folder, name);
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  } finally {
    await folder.handle.close();
  }
}

interface Pass {
  readonly most: number;
  readonly take: (part: Buffer) => Promise<unknown>;
}

async function through(file: FileHandle, { path }: Place, { most, take }: Pass): Promise<Outgoing> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new AtomError('blocked', `${path} is not a plain file.`);
  if (stats.size === 0) throw new AtomError('blocked', `${path} is empty.`);
  const hash = createHash('sha256');
  let [bytes, head] = [0, Buffer.alloc(0)];
  for await (const part of file.createReadStream({ autoClose: false, start: 0 })) {
    bytes += part.length;
    // Counted as well: it may grow while it is read.
    if (Math.max(bytes, stats.size) > most) throw tooLarge(path, most);
    if (head.length < SNIFFED_BYTES) head = Buffer.concat([head, part]);
    hash.update(part);
    await take(part);
  }
  return { digest: hash.digest('hex'), bytes, type: sniff(head) };
}

/** What is said of a file that a chat does not take. */
export const tooLarge = (path: string, most: number): AtomError =>
  new AtomError(
    'blocked',
    `${path} is too large for this chat, which takes ${Math.floor(most / 1_000_000)} MB.`,
  );
