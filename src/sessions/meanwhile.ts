import type { Clock } from '../base/clock.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Meanwhile } from '../domain/meanwhile.ts';
import type { Store } from '../domain/store.ts';
import { findRun } from '../store/tables/runs.ts';
import { beginEvent, eventsBehind, findEvent } from '../store/tables/spool.ts';

/**
 * What happens to messages that come while a turn of their session runs. `steer`: they are taken into it.
 * `collect`: they get one turn together when it is over. `interrupt`: it is stopped for them.
 */
export type WhileBusy = 'steer' | 'collect' | 'interrupt';

export interface MeanwhileDeps {
  readonly store: Store;
  /** Of the lanes. */
  readonly steady: Clock;
  readonly mode: WhileBusy;
  /** True while no message is to be taken. */
  readonly held: () => boolean;
  /** True where two messages may share a turn: what one may have done, the other may. */
  readonly together: (one: InboundEvent, other: InboundEvent) => boolean;
}

/** The turn in question: its session's key, the event it answers, and when that session last heard something. */
export interface Busy {
  readonly key: string;
  readonly event: string;
  readonly lastHeard: () => number | undefined;
}

/** People send one thought in several messages: after so long without another one it is complete. */
const QUIET_MS = 500;

/** What a turn may take in of what arrives while it runs. */
export function createMeanwhile(
  { store, steady, mode, held, together }: MeanwhileDeps,
  { key, event, lastHeard }: Busy,
): Meanwhile {
  const waiting: Meanwhile['waiting'] = async () => {
    const behind = await eventsBehind(store, key, event);
    const head = behind.length === 0 ? undefined : await findEvent(store, event);
    // Only up to the first that waits for a turn of its own: what came after that does not overtake it.
    const other = behind.findIndex((one) => !head || !together(head, one));
    return other < 0 ? behind : behind.slice(0, other);
  };
  const isQuiet = (): boolean => {
    const at = lastHeard();
    return at === undefined || steady.now() - at >= QUIET_MS;
  };
  return {
    waiting,
    ready: async (begun) => {
      // What waits already when a turn begins belongs together in every mode.
      const may = mode === 'steer' ? isQuiet() : !begun;
      return may && !held() ? waiting() : [];
    },
    begin: async (id) => {
      await beginEvent(store, id);
    },
    wasBegun: async (run) => (await findRun(store, run)) !== undefined,
  };
}
