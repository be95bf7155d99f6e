import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../base/address-list.ts';
import { sourceOf } from '../network/source.ts';

/** No platform sends more at once. */
export const MOST_BODY = 1024 * 1024;

/** What is held of bodies at a time, all in all: platforms come again later. */
const MOST_HELD = 32 * MOST_BODY;
/** And of one source, or a few slow requests of a stranger would leave no room for platforms. */
const MOST_HELD_EACH = 4 * MOST_BODY;

export type Read =
  | { readonly ok: true; readonly body: Buffer; readonly done: () => void }
  | { readonly ok: false; readonly status: 413 | 503 };

/** Reads bodies as they came, within bounds. */
export interface Bodies {
  /** `from`: whose address it is. Rejects where the request breaks off. Call `done` once the body is not needed any more. */
  read(request: IncomingMessage, from: string): Promise<Read>;
}

export function createBodies(): Bodies {
  const held = createHeld();
  return {
    read: async (request, from) => {
      if (Number(request.headers['content-length'] ?? 0) > MOST_BODY) return TOO_MUCH;
      const chunks: Buffer[] = [];
      let size = 0;
      const done = (): void => {
        held.add(from, -size);
        size = 0;
      };
      const take = (chunk: Buffer): Read | undefined => {
        size += chunk.length;
        const hasRoom = held.add(from, chunk.length);
        chunks.push(chunk);
        if (size > MOST_BODY) return TOO_MUCH;
        return hasRoom ? undefined : FULL;
      };
      try {
        const refusal = await pouredOut(request, take);
        if (refusal) done();
        return refusal ?? { ok: true, body: Buffer.concat(chunks), done };
      } catch (broken) {
        done();
        throw broken;
      }
    },
  };
}

/**
 * Hands on what comes until its end, or until `take` says what it came to, if anything. Rejects where it breaks
 * off. By its events: an iterator over it takes longer than all else that is done with a short body.
 */
const pouredOut = <T>(
  request: IncomingMessage,
  take: (chunk: Buffer) => T | undefined,
): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      const outcome = take(chunk);
      if (outcome === undefined) return;
      // Not destroyed: it has an answer to get.
      request.pause();
      over(() => resolve(outcome));
    };
    const onEnd = (): void => over(() => resolve(undefined));
    const onBroken = (error?: Error): void =>
      over(() => reject(error ?? new Error('The request broke off.')));
    const over = (tell: () => void): void => {
      request.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      tell();
    };
    request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });

/** Counts the bytes that are held. Of this machine, where proxies and tunnels are, nobody is told apart. */
function createHeld() {
  const each = new Map<string, number>();
  let all = 0;
  return {
    /** False where that is more than is held. */
    add(from: string, bytes: number): boolean {
      const source = sourceOf(from);
      const own = (each.get(source) ?? 0) + bytes;
      all += bytes;
      if (own > 0) each.set(source, own);
      else each.delete(source);
      return all <= MOST_HELD && (own <= MOST_HELD_EACH || isLoopback(source));
    },
  };
}

const TOO_MUCH: Read = { ok: false, status: 413 };
const FULL: Read = { ok: false, status: 503 };
