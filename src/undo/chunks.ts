import { closeSync, readSync } from 'node:fs';

/** The next piece of some bytes, valid until the next call; undefined at the end. */
export type Chunks = () => Buffer | undefined;

/** Large enough to compress well, small enough not to hold anybody up: three milliseconds. */
export const CHUNK = 1024 ** 2;

/** The bytes of an open file from its beginning. Only one at a time: all share one buffer. */
export function fileChunks(fd: number): Chunks {
  let at = 0;
  return () => {
    const count = fill(fd, at);
    at += count;
    return count === 0 ? undefined : SHARED.subarray(0, count);
  };
}

/** Bytes that are in memory. */
export function memoryChunks(bytes: Uint8Array): Chunks {
  let at = 0;
  return () => {
    const part = bytes.subarray(at, at + CHUNK);
    at += part.length;
    return part.length === 0
      ? undefined
      : Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  };
}

/** Closes a file after work that may take a while. */
export async function withFile<T>(fd: number, work: (fd: number) => Promise<T>): Promise<T> {
  try {
    return await work(fd);
  } finally {
    closeSync(fd);
  }
}

const SHARED = Buffer.allocUnsafeSlow(CHUNK);

function fill(fd: number, from: number): number {
  let filled = 0;
  while (filled < CHUNK) {
    const count = readSync(fd, SHARED, filled, CHUNK - filled, from + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}
