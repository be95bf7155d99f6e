import { type Backoff, backoff } from '../../base/backoff.ts';
import { asAtomError } from '../../base/errors.ts';
import { redact } from '../../base/redact.ts';
import type { InboundEvent } from '../../domain/event.ts';

export interface InboxDeps {
  /** Resolves once the event is durable. */
  accept(event: InboundEvent): Promise<void>;
  /** Told of what was stored. */
  taken(event: InboundEvent): Promise<void>;
  /** Told why nothing can be stored now; undefined once it can again. */
  stuck(why: string | undefined): void;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * What arrived, until it is stored: one after the other, across connections. signal-cli gives a message once
 * and has no way to give it back, so that one which cannot be stored is kept here and tried again.
 */
export interface Inbox {
  put(event: InboundEvent): void;
  /** True where more waits than is worth holding. */
  isFull(): boolean;
  /** Resolves once nothing waits. */
  empty(): Promise<void>;
  /** Stops trying. Returns how many were never stored. */
  stop(): number;
}

const RETRY: Backoff = { firstMs: 1000, capMs: 30_000 };
const MOST_WAITING = 1000;

export function createInbox({ accept, taken, stuck, wait }: InboxDeps): Inbox {
  const stopping = new AbortController();
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  const store = async (event: InboundEvent): Promise<void> => {
    for (let failures = 1; !stopping.signal.aborted; failures += 1) {
      try {
        await accept(event);
        waiting -= 1;
        if (failures > 1) stuck(undefined);
        return taken(event);
      } catch (thrown) {
        const why = redact(asAtomError(thrown).message);
        stuck(`a message could not be stored (${why}); it is kept in memory and tried again`);
        await wait(backoff(RETRY, failures), stopping.signal).catch(() => undefined);
      }
    }
  };
  return {
    put(event) {
      waiting += 1;
      last = last.then(() => store(event));
    },
    isFull: () => waiting >= MOST_WAITING,
    empty: () => last,
    stop() {
      stopping.abort();
      return waiting;
    },
  };
}
