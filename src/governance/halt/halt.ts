import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { Bus } from '../../bus/bus.ts';
import type { Decider } from '../../domain/approval.ts';
import { deciderWords, type Halted, haltWords, refusalWords } from '../../domain/halt.ts';
import { Stopped } from '../../domain/stopped.ts';
import type { Store } from '../../domain/store.ts';
import { deleteHalt, findHalt, putHalt } from '../../store/tables/halt.ts';
import type { Approvals } from '../approvals/approvals.ts';
import type { Audit } from '../audit/append.ts';
import { recordPanic } from './record-panic.ts';

export interface HaltDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly approvals: Pick<Approvals, 'denied'>;
  /** Stops every turn for good. Called at once, before anything is waited for. */
  readonly stopTurns: () => void;
}

/** The emergency stop, and its milder sister, the pause. Both survive a restart. */
export interface Halt {
  current(): Halted | undefined;
  /** Why nothing may be done, in one sentence; undefined while only messages rest. */
  why(): string | undefined;
  /** Aborts with the next panic: everything that an agent has done is tied to it. */
  signal(): AbortSignal;
  /** Kills what runs, denies what waits and refuses everything from now on. Harmless to repeat. */
  panic(by: Decider): Promise<{ readonly halted: Halted; readonly denied: readonly string[] }>;
  /** Takes no more messages. Throws AtomError `usage` where something holds already. */
  pause(by: Decider): Promise<Halted>;
  /** Lets everything go on. Whoever calls this has made sure that the owner wants it. */
  lift(by: Decider): Promise<void>;
}

/** Takes up what held when the gateway stopped. */
export async function openHalt(deps: HaltDeps): Promise<Halt> {
  const { store, bus, clock, audit } = deps;
  let current = await findHalt(store);
  let cut = new AbortController();
  if (current?.kind === 'halted') cut.abort(new Error('halted'));
  const change = (now: Halted | undefined, by: Decider): void => {
    const was = current;
    current = now;
    bus.tell('halt.changed', { was, now, by });
  };
  return {
    current: () => current,
    why: () => (current?.kind === 'halted' ? refusalWords(current) : undefined),
    signal: () => cut.signal,
    panic: async (by) => {
      const was = current;
      const again = was?.kind === 'halted';
      // Always a new one, so that a resume under way can tell that this came after it.
      const halted: Halted = again ? { ...was } : { kind: 'halted', by, at: clock.now() };
      // From here on nothing begins. The record is first in the store's queue, before the ends of what
      // is killed now; but nobody waits for a disk before killing.
      current = halted;
      const recorded = store.tx((sql) => recordPanic(audit, sql, { halted, again }));
      cut.abort(new Stopped(`a panic of ${deciderWords(by)}`));
      deps.stopTurns();
      const denied = await recorded;
      deps.approvals.denied(denied);
      bus.tell('halt.changed', { was, now: halted, by });
      return { halted, denied: denied.map(({ card }) => card.code) };
    },
    pause: async (by) => {
      if (current)
        throw new AtomError('usage', `${haltWords(current)}.`, { next: ['atom resume'] });
      const paused = { kind: 'paused', by, at: clock.now() } as const;
      await store.tx(async (sql) => {
        await putHalt(sql, paused);
        await audit(sql, 'halt.paused', { by: { ...by } });
      });
      // A panic meanwhile is newer than this, and holds.
      if (current === undefined) change(paused, by);
      return paused;
    },
    lift: async (by) => {
      const lifted = current;
      if (!lifted) return;
      await store.tx(async (sql) => {
        await deleteHalt(sql);
        await audit(sql, 'halt.resumed', { by: { ...by }, from: lifted.kind, since: lifted.at });
      });
      // A panic meanwhile is newer than this.
      if (current !== lifted) return;
      cut = new AbortController();
      change(undefined, by);
    },
  };
}
