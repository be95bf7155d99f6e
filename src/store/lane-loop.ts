import type { Clock } from '../base/clock.ts';
import type { Store } from '../domain/store.ts';
import { createAlarm } from './alarm.ts';
import { type KeptLease, keepLease } from './kept-lease.ts';
import {
  type Claim,
  claimLane,
  countDue,
  type LaneWork,
  nextDue,
  type Queue,
  releaseLane,
  restLane,
} from './tables/lanes.ts';

export interface LaneLoopDeps<T> extends LaneWork<T> {
  readonly store: Store;
  readonly clock: Clock;
  readonly queue: Queue;
  /** How many lanes may be held at once. */
  readonly most: number;
  /** How many more, now: those that are held and only wait for another one. */
  readonly more?: () => number;
  readonly leaseMs: number;
  /** False while nothing is to be taken; `wake` when that is over. Always true where it is left out. */
  readonly open?: () => boolean;
  /** For how many milliseconds nothing is to be taken, though it is open; 0 where it is left out. */
  readonly holdMs?: () => number;
  /** Told when one of these or the store fails; the lane rests as soon as that can be written down. */
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
export function createLaneLoop<T>(deps: LaneLoopDeps<T>): LaneLoop {
  const held = new Map<KeptLease, Promise<void>>();
  /** Nobody works in these any more, and the store may not have been there to say so. */
  const failed = new Set<Claim>();
  const alarm = createAlarm();
  const isOpen = deps.open ?? (() => true);
  const most = (): number => deps.most + (deps.more?.() ?? 0);
  const holdMs = deps.holdMs ?? (() => 0);
  let running = false;
  let loop: Promise<void> = Promise.resolve();

  const hold = (leased: Leased<T>): void => {
    const lease = keepLease(deps, leased.claim);
    const done = workLeased(deps, leased, lease)
      .catch((error: unknown) => {
        failed.add(leased.claim);
        deps.onError(error);
      })
      .finally(() => {
        held.delete(lease);
        alarm.wake();
      });
    held.set(lease, done);
  };
  const giveBackFailed = async (): Promise<void> => {
    for (const claim of failed) {
      await giveBack(deps, claim);
      failed.delete(claim);
    }
  };
  /** Or whoever wakes from a sleep would take its lanes from itself. */
  const catchUp = async (): Promise<void> => {
    for (const lease of held.keys()) await lease.catchUp();
  };
  const turn = async (): Promise<void> => {
    await giveBackFailed();
    const room = most() - held.size;
    // With all hands full, nothing more can be taken before one is given back, which wakes.
    const later = isOpen() && room > 0 ? holdMs() : POLL_MS;
    if (later > 0) return alarm.wait(later);
    await catchUp();
    if (running) for (const leased of await claimDue(deps, room)) hold(leased);
    if (running) await alarm.wait(held.size < most() ? await untilDue(deps) : POLL_MS);
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
      await Promise.all(held.values());
    },
  };
}

interface Leased<T> {
  readonly claim: Claim;
  readonly taken: T;
}

/** Claims what is due, each in a transaction of its own that all share one commit. */
async function claimDue<T>(deps: LaneLoopDeps<T>, room: number): Promise<readonly Leased<T>[]> {
  const { store, clock, queue, onError } = deps;
  const due = await countDue(store, { queue, now: clock.now(), most: room });
  const tried = await Promise.allSettled(Array.from({ length: due }, () => lease(deps)));
  const leased = tried.flatMap((one) =>
    one.status === 'fulfilled' && one.value ? [one.value] : [],
  );
  const failures = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (leased.length === 0 && failures.length > 0) throw failures[0];
  // What was claimed is worked on, whatever became of the rest.
  for (const failure of failures) onError(failure);
  return leased;
}

async function lease<T>(deps: LaneLoopDeps<T>): Promise<Leased<T> | undefined> {
  const { store, clock, queue, leaseMs, take } = deps;
  let lane: string | undefined;
  try {
    return await store.tx(async (sql) => {
      const claim = await claimLane(sql, { queue, now: clock.now(), leaseMs });
      lane = claim?.lane;
      return claim && { claim, taken: await take(sql, claim) };
    });
  } catch (error) {
    const now = clock.now();
    if (lane !== undefined) await restLane(store, queue, { lane, now, until: now + REST_MS });
    throw error;
  }
}

const giveBack = <T>({ store, clock, queue }: LaneLoopDeps<T>, claim: Claim): Promise<boolean> =>
  store.tx((sql) => releaseLane(sql, { queue, claim, done: 0, due: clock.now() + REST_MS }));

async function untilDue<T>({ store, clock, queue }: LaneLoopDeps<T>): Promise<number> {
  const due = await nextDue(store, queue);
  return due === undefined ? POLL_MS : Math.min(POLL_MS, Math.max(5, due - clock.now()));
}

/** Rejects where the work does. */
async function workLeased<T>(
  { work }: LaneLoopDeps<T>,
  { claim, taken }: Leased<T>,
  lease: KeptLease,
): Promise<void> {
  try {
    await work(claim, taken, lease.lost);
  } finally {
    lease.stop();
  }
}
