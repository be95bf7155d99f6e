import { createWriteStream, rmSync, type WriteStream } from 'node:fs';
import { systemCode } from '../base/errors.ts';
import { within } from '../base/wait.ts';

/** What a file holds in the end, and why it holds no more where it could not take everything. */
export interface Kept {
  readonly bytes: number;
  readonly lost?: string;
}

/** Where everything that one command prints is kept, byte for byte, both streams as they came. */
export interface KeptFile {
  /** False where the disk is behind: write no more before `onReady` was called. */
  write(bytes: Buffer): boolean;
  onReady(ready: () => void): void;
  /** Resolves once all of it is in the file. Never rejects. */
  end(): Promise<Kept>;
}

/** So much may wait for the disk before the command has to wait, too. */
const MOST_WAITING = 1024 * 1024;
const LATE_MS = 10_000;

/**
 * Keeps output in a file of its owner's only. The file is made with the first byte, so what prints
 * nothing leaves none. Where the disk fails, the command goes on and `end` says what was lost.
 */
export function createKeptFile(path: string): KeptFile {
  let file: WriteStream | undefined;
  let lost: string | undefined;
  let ready: () => void = () => undefined;
  const fail = (error: unknown): void => {
    lost ??= REASONS[systemCode(error) ?? ''] ?? systemCode(error) ?? String(error);
    ready();
  };
  const open = (): WriteStream => {
    // A message that is taken again after a crash runs under its old name.
    rmSync(path, { force: true });
    const flags = { flags: 'wx', mode: 0o600, highWaterMark: MOST_WAITING };
    return createWriteStream(path, flags)
      .on('error', fail)
      .on('drain', () => ready());
  };
  return {
    write: (bytes) => {
      if (lost !== undefined || bytes.length === 0) return true;
      file ??= open();
      return file.write(bytes);
    },
    onReady: (told) => {
      ready = told;
    },
    end: async () => {
      if (file) await within(LATE_MS, 'the disk', closed(file)).catch(fail);
      return { bytes: file?.bytesWritten ?? 0, ...(lost === undefined ? {} : { lost }) };
    },
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than this system allows',
};

/** A stream that failed is closed, too: why was told by its `error`. */
function closed(file: WriteStream): Promise<void> {
  if (file.closed) return Promise.resolve();
  return new Promise((resolve) => file.once('close', resolve).end());
}
