import { AtomError } from '../../base/errors.ts';
import { within } from '../../base/wait.ts';
import { SendError } from '../../domain/channel.ts';

/** Bytes on their way in. */
export interface Arriving {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Nothing is read beyond this many. */
  readonly most: number;
  readonly signal: AbortSignal;
}

/** Why a file is not taken, in words that follow its name: `is larger than 20 MB`. */
export class NotTaken extends AtomError {
  constructor(words: string) {
    super('blocked', words);
    this.name = 'NotTaken';
  }
}

/** A platform that sends nothing for so long sends nothing any more. */
const SILENT_MS = 30_000;

/**
 * Hands on each part as it comes, and resolves to how many bytes there were. Stops reading at the first
 * byte too many: throws NotTaken then, the signal's reason where it aborts, SendError where the rest
 * does not come.
 */
export async function pour(
  { bytes, most, signal }: Arriving,
  take: (part: Uint8Array) => Promise<void>,
): Promise<number> {
  const parts = bytes[Symbol.asyncIterator]();
  let count = 0;
  try {
    for (;;) {
      const next = await within(SILENT_MS, 'it', unlessStopped(parts.next(), signal)).catch(
        brokenOff(signal),
      );
      if (next.done) return count;
      count += next.value.length;
      if (count > most) throw tooLarge(most);
      await take(next.value);
    }
  } finally {
    // Not waited for: one that is stuck would not end either.
    parts.return?.().catch(() => undefined);
  }
}

/** Only a channel's own words are told: another error may name an address with a key in it. */
export const brokenOff =
  (signal: AbortSignal) =>
  (error: unknown): never => {
    signal.throwIfAborted();
    if (error instanceof SendError) throw error;
    throw new SendError({ kind: 'later', reason: 'the connection broke off' });
  };

/** What is said of a file over a limit. */
export const tooLarge = (most: number): NotTaken =>
  new NotTaken(`is larger than ${Math.floor(most / 1_000_000)} MB`);

async function unlessStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const stopped = Promise.withResolvers<never>();
  const stop = (): void => stopped.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
