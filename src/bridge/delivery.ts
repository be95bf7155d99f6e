import { sleep } from '../base/wait.ts';
import { createAttempt } from './attempt.ts';
import type { SendResult } from './contract.ts';
import { type BridgeError, ConnectionError } from './errors.ts';
import { type FlushDeps, flush } from './flush.ts';
import type { Link } from './link.ts';
import { pauseAfter } from './pause.ts';
import type { Waiting } from './queue/queue.ts';
import { connectionError } from './refusals.ts';

/** Brings messages to the gateway: at once where that goes, else one after the other from the queue. */
export interface Delivery {
  send(message: Waiting): Promise<SendResult>;
  up(link: Link): void;
  down(): void;
  /** Resolves once nothing is under way any more; what could not be sent is in the queue. */
  close(): Promise<void>;
}

/** More than this at once, and the rest waits its turn. A gateway takes 64. */
const MOST_UNDER_WAY = 32;

export function createDelivery(deps: FlushDeps): Delivery {
  const { queue, tuning, counts, breaker } = deps;
  const attempt = createAttempt(deps);
  const stop = new AbortController();
  const underWay = new Set<Promise<SendResult>>();
  let link: Link | undefined;
  let flushing = false;

  const goOn = async (): Promise<void> => {
    if (flushing || !link || stop.signal.aborted) return;
    flushing = true;
    const on = link;
    // Nothing but a wait that was called off ends it before its time.
    await flush(deps, { attempt, link: on, signal: stop.signal }).catch(() => undefined);
    flushing = false;
    if (link !== on) await goOn();
  };
  const keep = (message: Waiting): SendResult => {
    try {
      queue.put(message);
    } catch (thrown) {
      return refused(message, connectionError(thrown));
    }
    counts.add('queued');
    void goOn();
    return resultOf(message, 'queued');
  };
  const refused = (message: Waiting, error: BridgeError): SendResult => {
    counts.add('failed');
    return { ...resultOf(message, 'failed'), error };
  };
  const direct = async (on: Link, message: Waiting): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return deps.onTaken(message, (await attempt(on, message)).ref);
      } catch (thrown) {
        const error = connectionError(thrown);
        if (!error.retryable || tries > tuning.retries || !on.open) throw error;
        await sleep(pauseAfter(error, tries, tuning), stop.signal).catch(() => undefined);
        if (!on.open || breaker.waitMs() > 0) throw error;
        counts.add('retried');
      }
    }
  };
  const atOnce = async (on: Link, message: Waiting): Promise<SendResult> => {
    try {
      await direct(on, message);
      return resultOf(message, 'sent');
    } catch (thrown) {
      const error = connectionError(thrown);
      // Whether it arrived is not known: it goes out again under the same id.
      return error instanceof ConnectionError ? keep(message) : refused(message, error);
    }
  };
  return {
    async send(message) {
      const busy = queue.depth > 0 || underWay.size >= MOST_UNDER_WAY || breaker.waitMs() > 0;
      if (!link?.open || busy) return keep(message);
      const sending = atOnce(link, message);
      underWay.add(sending);
      return sending.finally(() => underWay.delete(sending));
    },
    up(fresh) {
      link = fresh;
      breaker.met();
      void goOn();
    },
    down() {
      link = undefined;
    },
    async close() {
      stop.abort();
      await Promise.allSettled(underWay);
    },
  };
}

const resultOf = (
  { messageId, timestamp, sessionKey }: Waiting,
  status: SendResult['status'],
): SendResult => ({ status, messageId, timestamp, sessionKey });
