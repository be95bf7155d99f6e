import type { Clock } from '../../base/clock.ts';
import { type Next, unlinkedWords, whatNext } from './what-next.ts';

export { type Next, unlinkedWords };

const HOUR_MS = 3_600_000;
/** A connection that lasted so long was one. */
const STABLE_MS = 60_000;

/** How a connection ended: WhatsApp's code, its words, and how long it was open in milliseconds. */
export interface ConnectionEnd {
  readonly code: number;
  readonly words: string;
  readonly ms: number;
}

/** Says what to do now that a connection ended, from how it did and how others did lately. */
export function createHistory(clock: Pick<Clock, 'monotonic'>): (end: ConnectionEnd) => Next {
  let ends: readonly { readonly code: number; readonly at: number }[] = [];
  let inRow = 0;
  return ({ code, words, ms }) => {
    const now = clock.monotonic();
    ends = [...ends.filter(({ at }) => now - at < HOUR_MS), { code, at: now }];
    inRow = ms >= STABLE_MS ? 1 : inRow + 1;
    return whatNext(code, { inRow, words, same: ends.filter((end) => end.code === code).length });
  };
}
