import { backoff } from '../base/backoff.ts';
import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Halted } from '../domain/halt.ts';
import type { Session } from '../domain/session.ts';
import { type Claim, holdsLane, releaseLane } from '../store/tables/lanes.ts';
import { ensureSession } from '../store/tables/sessions.ts';
import { type Spooled, takeEvent, uncountTry } from '../store/tables/spool.ts';
import { broke, cutOff, type EndingDeps, giveUp, MOST_ATTEMPTS, reply, settle } from './ending.ts';
import type { Running } from './running.ts';

export interface SessionWorkerDeps extends EndingDeps {
  readonly clock: Clock;
  /** Of the lanes. */
  readonly steady: Clock;
  readonly running: Running;
  /** Which agent answers in a new session. */
  readonly agent: string;
  /** What holds the turns up now. */
  readonly held: () => Halted['kind'] | undefined;
  readonly turn: (
    input: { readonly event: InboundEvent; readonly session: Session },
    signal: AbortSignal,
  ) => Promise<{ readonly kind: string; readonly text: string }>;
}

/** A turn that broke is taken again after this, jittered and doubled each time. */
const AGAIN = { firstMs: 1000, capMs: 30_000 };

/** Takes the next message of a session through its turn and answers it: the work of the inbound lanes. */
export const createSessionWorker =
  (deps: SessionWorkerDeps) =>
  async (claim: Claim, lost: AbortSignal): Promise<void> => {
    const spooled = await deps.store.tx(async (sql) =>
      (await holdsLane(sql, 'in', claim)) ? takeEvent(sql, claim.lane) : undefined,
    );
    const finished = spooled ? await answer(deps, spooled, { key: claim.lane, lost }) : true;
    if (lost.aborted) return;
    const due = deps.steady.now() + (finished ? 0 : backoff(AGAIN, spooled?.attempts ?? 1));
    const ended = { queue: 'in', claim, done: finished ? 1 : 0, due } as const;
    if (!(await deps.store.tx((sql) => releaseLane(sql, ended))))
      deps.log.warn(`the lease on ${claim.lane} ran out; its next holder goes on`);
  };

/** True once the message needs no further turn. */
async function answer(
  deps: SessionWorkerDeps,
  { event, attempts }: Spooled,
  { key, lost }: { readonly key: string; readonly lost: AbortSignal },
): Promise<boolean> {
  const session = await ensureSession(deps.store, {
    id: newId(),
    key,
    agent: deps.agent,
    home: event.from,
    startedAt: deps.clock.now(),
  });
  if (attempts > MOST_ATTEMPTS) return giveUp(deps, event, session);
  const held = deps.held();
  if (held === 'halted') return cutOff(deps, event);
  // Taken just before the pause: it keeps its place.
  if (held === 'paused') return putOff(deps, event, lost);
  const turn = deps.running.begin(key, lost);
  try {
    const result = await deps.turn({ event, session }, turn.signal);
    // Stopped by the gateway's own end, not by a person: the turn goes on at the next start.
    if (turn.interrupted()) return putOff(deps, event, lost);
    return settle(deps, event, await reply(deps, { event, session, ...result }));
  } catch (error) {
    if (turn.interrupted()) return putOff(deps, event, lost);
    await broke(deps, { event, attempts, error });
    return false;
  } finally {
    turn.end();
  }
}

/** What was cut off from outside is no fault of the message’s; whoever lost the lease writes nothing. */
async function putOff(
  { store }: SessionWorkerDeps,
  { id }: InboundEvent,
  lost: AbortSignal,
): Promise<false> {
  if (!lost.aborted) await uncountTry(store, id);
  return false;
}
