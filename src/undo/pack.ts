import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fsync,
  ftruncateSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { constants as zlib, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { AtomError } from '../base/errors.ts';
import { createBreath, LOOKS } from './breath.ts';
import { CHUNK, type Chunks } from './chunks.ts';

/** Where a content lies in a pack. */
export interface Spot {
  readonly sha: string;
  readonly at: number;
  /** Bytes in the pack. */
  readonly length: number;
}

/**
 * A new file of contents, one after the other; each is a row of frames: four bytes of length (little
 * endian) and up to 1 MiB compressed with zstd. One file a snapshot is one flush a snapshot.
 */
export interface PackWriter {
  readonly spots: readonly Spot[];
  /** Adds a content, unless `known` says that it is there already. Resolves to its SHA-256. */
  add(chunks: Chunks, known: (sha: string) => boolean): Promise<string>;
  /** Copies what another pack holds as it is. */
  copy(from: number, spot: Spot): void;
  /** Makes it durable and closes it. Resolves to its size in bytes. */
  seal(): Promise<number>;
  /** Closes and removes it, where it was not sealed. */
  drop(): void;
}

export function createPack(path: string): PackWriter {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const fd = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  const spots: Spot[] = [];
  const here = new Set<string>();
  const breath = createBreath();
  let end = 0;
  const keep = (spot: Spot): void => {
    spots.push(spot);
    here.add(spot.sha);
    end = spot.at + spot.length;
  };
  return {
    spots,
    add: async (chunks, known) => {
      const hash = createHash('sha256');
      const isKnown = (sha: string): boolean => here.has(sha) || known(sha);
      let at = end;
      for (let chunk = chunks(); chunk !== undefined; chunk = chunks()) {
        hash.update(chunk);
        // Most files are one piece: then nothing is compressed that is there already.
        const last = chunk.length < CHUNK;
        if (last && isKnown(hash.copy().digest('hex'))) break;
        at += writeFrame(fd, chunk, at);
        await (last ? breath.step(LOOKS.compress) : breath.pause());
      }
      const sha = hash.digest('hex');
      if (!isKnown(sha)) keep({ sha, at: end, length: at - end });
      return sha;
    },
    copy: (from, { sha, at, length }) => {
      copyBytes({ from, at, length }, { to: fd, at: end });
      keep({ sha, at: end, length });
    },
    seal: async () => {
      try {
        ftruncateSync(fd, end);
        await flush(fd);
      } finally {
        closeSync(fd);
      }
      await flushFolder(dirname(path));
      return end;
    },
    drop: () => {
      closeSync(fd);
      rmSync(path);
    },
  };
}

/** The pieces of a content in an open pack. Throws AtomError `failed` where the pack is damaged. */
export function spotChunks(fd: number, { at, length }: Spot): Chunks {
  let next = at;
  return () => {
    if (next >= at + length) return undefined;
    const size = readExactly(fd, next, HEADER).readUInt32LE();
    if (size > MOST_FRAME) throw damaged();
    const frame = readExactly(fd, next + HEADER, size);
    next += HEADER + size;
    return decompress(frame);
  };
}

const HEADER = 4;
/** What zstd makes of incompressible bytes is a little larger than they are. */
const MOST_FRAME = CHUNK + 64 * 1024;
const FAST = { params: { [zlib.ZSTD_c_compressionLevel]: 1 } };

const flush = promisify(fsync);

function writeFrame(fd: number, chunk: Buffer, at: number): number {
  const frame = zstdCompressSync(chunk, FAST);
  const header = Buffer.allocUnsafe(HEADER);
  header.writeUInt32LE(frame.length);
  writeAll(fd, Buffer.concat([header, frame]), at);
  return HEADER + frame.length;
}

function copyBytes(
  { from, at, length }: { readonly from: number; readonly at: number; readonly length: number },
  { to, at: start }: { readonly to: number; readonly at: number },
): void {
  for (let done = 0; done < length; done += CHUNK) {
    const part = readExactly(from, at + done, Math.min(CHUNK, length - done));
    writeAll(to, part, start + done);
  }
}

function writeAll(fd: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, bytes.length - done, at + done);
}

function readExactly(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const count = readSync(fd, bytes, done, length - done, at + done);
    if (count === 0) throw damaged();
    done += count;
  }
  return bytes;
}

function decompress(frame: Buffer): Buffer {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: CHUNK });
  } catch (cause) {
    throw damaged(cause);
  }
}

const damaged = (cause?: unknown): AtomError =>
  new AtomError('failed', 'A copy that undo keeps is damaged.', { cause });

/** A new name is durable once its folder is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
