import type { Clock } from '../base/clock.ts';
import type { Store } from '../domain/store.ts';
import { type Claim, type Queue, renewLane } from './tables/lanes.ts';

export interface LeaseDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly queue: Queue;
  /** Told when the store cannot be asked. */
  readonly onError: (error: unknown) => void;
}

/** A lease that is renewed for as long as somebody works under it. */
export interface KeptLease {
  /** Aborts once it could not be kept. */
  readonly lost: AbortSignal;
  /** Renews what ran out unseen, because the process was held up or the machine slept. Never rejects. */
  catchUp(): Promise<void>;
  stop(): void;
}

/**
 * Renews the lease of a claim three times in its length. One that ran out while the process slept is taken
 * up again where nobody came for the lane; a store that cannot be asked renews nothing, and then the lease
 * ends when it said it would.
 */
export function keepLease({ store, clock, queue, onError }: LeaseDeps, claim: Claim): KeptLease {
  const lost = new AbortController();
  let heldUntil = clock.monotonic() + claim.leaseMs;
  let asking: Promise<void> | undefined;
  const isOver = (): boolean => clock.monotonic() >= heldUntil;
  const ask = async (): Promise<void> => {
    const asked = clock.monotonic();
    const until = clock.now() + claim.leaseMs;
    try {
      if (await renewLane(store, { queue, claim, until })) heldUntil = asked + claim.leaseMs;
      else lost.abort();
    } catch (error) {
      onError(error);
      if (isOver()) lost.abort();
    }
  };
  const renew = (): Promise<void> => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const timer = setInterval(() => {
    // Asked before, and no answer came in time.
    if (asking && isOver()) lost.abort();
    else void renew();
  }, claim.leaseMs / 3);
  return {
    lost: lost.signal,
    catchUp: async () => {
      if (isOver() && !lost.signal.aborted) await renew();
    },
    stop: () => clearInterval(timer),
  };
}
