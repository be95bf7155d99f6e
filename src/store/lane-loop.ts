import type { Clock } from '../base/clock.ts';
import type { Store } from '../domain/store.ts';
import { createAlarm } from './alarm.ts';
import {
  type Claim,
  claimLane,
  nextDue,
  type Queue,
  releaseLane,
  renewLane,
} from './tables/lanes.ts';

export interface LaneLoopDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly queue: Queue;
  /** How many lanes may be held at once. */
  readonly most: number;
  readonly leaseMs: number;
  /** False while nothing is to be taken; `wake` when that is over. Always true where it is left out. */
  readonly open?: () => boolean;
  /**
   * Does what is due in one lane and gives it back with `releaseLane`. `lost` aborts when the lease
   * could not be kept: then somebody else has the lane and nothing may be written for it any more.
   */
  readonly work: (claim: Claim, lost: AbortSignal) => Promise<void>;
  /** Told when `work` or the store fails; the lane is given back as soon as that can be written down. */
  readonly onError: (error: unknown) => void;
}

export interface LaneLoop {
  start(): void;
  /** Something new may be due. */
  wake(): void;
  /** Takes no more lanes and resolves when those that are held have been given back. */
  stop(): Promise<void>;
}

/** Behind the wake-ups, which may be lost, the store is looked at this often. */
const POLL_MS = 1000;
/** A lane whose work failed rests for so long. */
const REST_MS = 1000;

/** Hands due lanes to `work`, several at once, each to one holder at a time. */
export function createLaneLoop(deps: LaneLoopDeps): LaneLoop {
  const held = new Set<Promise<void>>();
  /** Nobody works in these any more, and the store may not have been there to say so. */
  const failed = new Set<Claim>();
  const alarm = createAlarm();
  const isOpen = deps.open ?? (() => true);
  let running = false;
  let loop: Promise<void> = Promise.resolve();

  const hold = (claim: Claim): void => {
    const done = workLeased(deps, claim)
      .catch((error: unknown) => {
        failed.add(claim);
        deps.onError(error);
      })
      .finally(() => {
        held.delete(done);
        alarm.wake();
      });
    held.add(done);
  };
  const turn = async (): Promise<void> => {
    for (const claim of failed) {
      await giveBack(deps, claim);
      failed.delete(claim);
    }
    const room = deps.most - held.size;
    if (running && isOpen() && room > 0)
      for (const claim of await claimDue(deps, room)) hold(claim);
    // With all hands full, nothing more can be taken before one is given back, which wakes.
    if (running)
      await alarm.wait(isOpen() && held.size < deps.most ? await untilDue(deps) : POLL_MS);
  };
  const run = async (): Promise<void> => {
    while (running) {
      try {
        await turn();
      } catch (error) {
        deps.onError(error);
        await alarm.wait(POLL_MS);
      }
    }
  };
  return {
    start: () => {
      running = true;
      loop = run();
    },
    wake: alarm.wake,
    stop: async () => {
      running = false;
      alarm.wake();
      await loop;
      await Promise.all(held);
    },
  };
}

/** Claims what is due, together: one commit for all that can be begun at once. */
const claimDue = (
  { store, clock, queue, leaseMs }: LaneLoopDeps,
  room: number,
): Promise<readonly Claim[]> =>
  store.tx(async (sql) => {
    const claims: Claim[] = [];
    while (claims.length < room) {
      const claim = await claimLane(sql, { queue, now: clock.now(), leaseMs });
      if (!claim) break;
      claims.push(claim);
    }
    return claims;
  });

const giveBack = ({ store, clock, queue }: LaneLoopDeps, claim: Claim): Promise<boolean> =>
  store.tx((sql) => releaseLane(sql, { queue, claim, done: 0, due: clock.now() + REST_MS }));

async function untilDue({ store, clock, queue }: LaneLoopDeps): Promise<number> {
  const due = await nextDue(store, queue);
  return due === undefined ? POLL_MS : Math.min(POLL_MS, Math.max(5, due - clock.now()));
}

/** Rejects where the work does. */
async function workLeased(deps: LaneLoopDeps, claim: Claim): Promise<void> {
  const lost = new AbortController();
  const { clock, leaseMs, queue } = deps;
  let heldUntil = clock.monotonic() + leaseMs;
  const renew = async (): Promise<void> => {
    const asked = clock.monotonic();
    const until = clock.now() + leaseMs;
    if (!(await renewLane(deps.store, { queue, claim, until }))) return lost.abort();
    heldUntil = asked + leaseMs;
  };
  const timer = setInterval(() => {
    // A store that cannot be asked renews nothing: then the lease ends when it said it would.
    if (clock.monotonic() >= heldUntil) return lost.abort();
    renew().catch(deps.onError);
  }, leaseMs / 3);
  try {
    await deps.work(claim, lost.signal);
  } finally {
    clearInterval(timer);
  }
}
