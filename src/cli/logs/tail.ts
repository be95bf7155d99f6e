import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 250;
const PIECE = 64 * 1024;

/** The lines of a file, whole ones only; none where there is no file. */
export function* linesOf(file: string): Generator<string> {
  const reader = openReader(file);
  if (reader === undefined) return;
  try {
    yield* reader.lines();
  } finally {
    reader.close();
  }
}

/**
 * The lines that are added to a file from now on, also once another one has taken its place, until
 * `signal` aborts.
 */
export async function* linesAddedTo(file: string, signal: AbortSignal): AsyncGenerator<string> {
  let reader = openReader(file);
  for (const _ of reader?.lines() ?? []);
  while (!signal.aborted) {
    const now = openReader(file);
    if (now !== undefined && now.id !== reader?.id) {
      // What was written to the old one last comes before what is in the new one.
      yield* reader?.lines() ?? [];
      reader?.close();
      reader = now;
    } else now?.close();
    yield* reader?.lines() ?? [];
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  reader?.close();
}

interface Reader {
  /** Which file it is, whatever its name is by now. */
  readonly id: string;
  /** What is there and was not read; a line that is not ended waits for the next time. */
  lines(): Generator<string>;
  close(): void;
}

function openReader(file: string): Reader | undefined {
  const fd = tryOpen(file);
  if (fd === undefined) return undefined;
  const { dev, ino } = fstatSync(fd);
  const decoder = new StringDecoder('utf8');
  const piece = Buffer.alloc(PIECE);
  let rest = '';
  return {
    id: `${dev}:${ino}`,
    *lines() {
      for (let read = 1; read > 0; ) {
        read = readSync(fd, piece, 0, PIECE, null);
        const parts = (rest + decoder.write(piece.subarray(0, read))).split('\n');
        rest = parts.pop() ?? '';
        yield* parts;
      }
    },
    close: () => closeSync(fd),
  };
}

function tryOpen(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
