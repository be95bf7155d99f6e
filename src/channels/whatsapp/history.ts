import type { Clock } from '../../base/clock.ts';
import { type Next, whatNext } from './what-next.ts';

export type { Next };

const HOUR_MS = 3_600_000;
/** A connection that lasted so long was one. */
const STABLE_MS = 60_000;

/**
 * Says what to do now that a connection ended, from the code and from how others ended lately. `lastedMs`
 * is how long it was open.
 */
export function createHistory(
  clock: Pick<Clock, 'monotonic'>,
): (code: number, lastedMs: number) => Next {
  let ends: readonly { readonly code: number; readonly at: number }[] = [];
  let inRow = 0;
  return (code, lastedMs) => {
    const now = clock.monotonic();
    ends = [...ends.filter(({ at }) => now - at < HOUR_MS), { code, at: now }];
    inRow = lastedMs >= STABLE_MS ? 1 : inRow + 1;
    return whatNext(code, { inRow, same: ends.filter((end) => end.code === code).length });
  };
}
