import type { Breaker } from './breaker.ts';
import type { Counts } from './counts.ts';
import { type BridgeError, SendError } from './errors.ts';
import type { Link, Outgoing, Receipt } from './link.ts';
import { connectionError } from './refusals.ts';
import type { Tuning } from './settings.ts';

export interface AttemptDeps {
  readonly tuning: Tuning;
  readonly counts: Counts;
  readonly breaker: Breaker;
}

/** One try to bring a message over a link. Rejects with a BridgeError. */
export type Attempt = (link: Link, message: Outgoing) => Promise<Receipt>;

/** Tries, and tells the circuit breaker and the counts how it went. */
export function createAttempt({ tuning, counts, breaker }: AttemptDeps): Attempt {
  const cut = new WeakSet<Link>();
  const blame = (link: Link, error: BridgeError): void => {
    // Whoever refuses is there, and so is whoever says that it is too much.
    if (!error.retryable || isBusy(error)) breaker.worked();
    // All that was under way on a line fails with it: one failure, not one each.
    else if (link.open || !cut.has(link)) breaker.failed(error.message);
    if (!link.open) cut.add(link);
  };
  return async (link, message) => {
    const began = tuning.clock.monotonic();
    breaker.begin();
    try {
      const receipt = await link.send(message, tuning.sendTimeoutMs);
      breaker.worked();
      counts.took(tuning.clock.monotonic() - began);
      counts.add('sent');
      return receipt;
    } catch (thrown) {
      const error = connectionError(thrown);
      blame(link, error);
      throw error;
    }
  };
}

const isBusy = (error: BridgeError): boolean =>
  error instanceof SendError && error.kind === 'rate-limit';
