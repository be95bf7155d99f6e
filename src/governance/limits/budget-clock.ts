import type { Clock } from '../../base/clock.ts';

/** The time that budgets are kept in. Given the latest time on record, tells what it is now. */
export type BudgetClock = (last: number) => number;

/**
 * A time that only goes forward, whatever happens to the wall clock: set back, it gives no budget
 * back, and the time passes on as the machine counts it.
 */
export function createBudgetClock(clock: Clock): BudgetClock {
  let latest = 0;
  let counted = clock.monotonic();
  return (last) => {
    const count = clock.monotonic();
    latest = Math.max(clock.now(), last, latest + Math.max(0, Math.floor(count - counted)));
    counted = count;
    return latest;
  };
}
