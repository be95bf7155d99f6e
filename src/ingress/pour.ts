import type { Clock } from '../base/clock.ts';

/** Whether messages pour in faster than they could be answered. What comes is kept first then, and turns wait. */
export interface Pour {
  /** A message came. */
  came(): void;
  /** For how many milliseconds no turn is to be begun; 0 where some may. */
  holdMs(): number;
}

/** So many in so short a time are no conversation: programs post, or a platform brings what it kept. */
const MANY = 20;
const WINDOW_MS = 100;
/** A pour that does not end holds turns up for so long at a time. */
const MOST_HELD_MS = 2000;

export function createPour({ monotonic }: Pick<Clock, 'monotonic'>): Pour {
  /** When the last of them came, oldest first: no more than make a pour. */
  let times: readonly number[] = [];
  let heldSince: number | undefined;
  return {
    came: () => {
      times = [...times.slice(1 - MANY), monotonic()];
    },
    holdMs: () => {
      const now = monotonic();
      const [first = now] = times;
      const ends = times.length < MANY ? now : first + WINDOW_MS;
      if (ends <= now) heldSince = undefined;
      else heldSince ??= now;
      if (heldSince === undefined) return 0;
      const most = heldSince + MOST_HELD_MS;
      if (now < most) return Math.ceil(Math.min(ends, most) - now);
      // Those that wait begin some turns, and are held up again.
      heldSince = now;
      return 0;
    },
  };
}
