import { backoff } from '../base/backoff.ts';
import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Halted } from '../domain/halt.ts';
import { type LaneWork, releaseLane } from '../store/tables/lanes.ts';
import { ensureSession } from '../store/tables/sessions.ts';
import { type Spooled, takeEvent } from '../store/tables/spool.ts';
import { type Head, MOST_ATTEMPTS } from './ending.ts';
import { type GivingUpDeps, giveUp } from './give-up.ts';
import { type Hold, holdOf } from './hold.ts';
import { putOff, type TakingDeps, takeTurn } from './take-turn.ts';

export interface SessionWorkerDeps extends TakingDeps, GivingUpDeps {
  /** Of the lanes. */
  readonly steady: Clock;
  /** Which agent answers in the session that an event begins, by its id. */
  readonly agentFor: (event: InboundEvent) => string;
  /** What holds the turns up now. */
  readonly held: () => Halted['kind'] | undefined;
}

/** A turn that broke is taken again after this, jittered and doubled each time. */
const AGAIN = { firstMs: 1000, capMs: 30_000 };

/** The message whose turn it is, in its conversation; undefined where none waits any more. */
type Next = (Spooled & { readonly session: Head['session'] }) | undefined;

/** Takes the next message of a session through its turn and answers it: the work of the inbound lanes. */
export const createSessionWorker = (deps: SessionWorkerDeps): LaneWork<Next> => ({
  take: async (sql, { lane }) => {
    const spooled = await takeEvent(sql, lane);
    if (!spooled) return undefined;
    const now = deps.clock.now();
    const fresh = { id: newId(), key: lane, home: spooled.event.from, startedAt: now };
    const session = await ensureSession(sql, { ...fresh, agent: deps.agentFor(spooled.event) });
    return { ...spooled, session: { ...session, talk: spooled.talk } };
  },
  work: async (claim, next, lost) => {
    const hold = holdOf(deps.steady, claim, lost);
    const done = next ? await answer(deps, next, hold) : 1;
    const due = deps.steady.now() + (done > 0 ? 0 : backoff(AGAIN, next?.attempts ?? 1));
    const ended = { queue: 'in', claim, done, due } as const;
    if (hold.lost.aborted || !(await deps.store.tx((sql) => releaseLane(sql, ended))))
      deps.log.warn(`the lease on ${claim.lane} ran out; its next holder goes on`);
  },
});

/** Resolves to how many messages need no further turn. */
async function answer(
  deps: SessionWorkerDeps,
  { event, session, attempts }: NonNullable<Next>,
  hold: Hold,
): Promise<number> {
  const head: Head = { event, session, hold };
  if (attempts > MOST_ATTEMPTS) return giveUp(deps, head, attempts);
  const held = deps.held();
  if (held === 'halted') {
    await deps.onCut(event);
    return 1;
  }
  // Taken just before the pause: it keeps its place.
  if (held === 'paused') return putOff(deps.store, head);
  return takeTurn(deps, head, attempts);
}
