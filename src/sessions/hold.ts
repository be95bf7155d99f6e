import type { Clock } from '../base/clock.ts';
import type { Fence } from '../domain/fence.ts';
import { type Claim, holdsLease } from '../store/tables/lanes.ts';

/** The right of one turn to act for its session. */
export interface Hold {
  /** Looks the lease up; where somebody else has it, `lost` aborts at once and not only with the next renewal. */
  readonly stillMine: Fence;
  /** Aborts once the lease was lost: whoever has the lane then goes on, and we write nothing more. */
  readonly lost: AbortSignal;
}

/** The hold that a claim gives. `steady` is the clock of the lanes. */
export function holdOf(steady: Clock, claim: Claim, lost: AbortSignal): Hold {
  const over = new AbortController();
  return {
    lost: AbortSignal.any([lost, over.signal]),
    stillMine: async (sql) => {
      const mine = !lost.aborted && (await holdsLease(sql, 'in', { claim, now: steady.now() }));
      if (!mine) over.abort(new Error('the lease was lost'));
      return mine;
    },
  };
}
