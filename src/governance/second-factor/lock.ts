import type { Clock } from '../../base/clock.ts';

/** Codes in a row that may be refused before none is taken for a while. */
export const MOST_FAILURES = 5;
export const LOCK_MS = 15 * 60_000;

/** How long a lock that is on record still holds. */
export interface Lock {
  /** Milliseconds; 0 where it does not hold. `lockedUntil` is what the store has. */
  left(lockedUntil: number | null): number;
}

/**
 * The wall clock can be set, so it is asked once for each lock, when that is first seen: from then on
 * the monotonic clock counts. A lock of an earlier run of the gateway holds at most its whole time anew.
 */
export function createLock(clock: Clock): Lock {
  let seen: number | null = null;
  let end = 0;
  return {
    left: (lockedUntil) => {
      if (lockedUntil === null) return 0;
      if (lockedUntil !== seen) {
        seen = lockedUntil;
        end = clock.monotonic() + Math.min(LOCK_MS, Math.max(0, lockedUntil - clock.now()));
      }
      return Math.max(0, end - clock.monotonic());
    },
  };
}
