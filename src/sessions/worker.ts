import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Outcome, Perform } from '../domain/action.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Halted } from '../domain/halt.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { type Claim, holdsLane, releaseLane } from '../store/tables/lanes.ts';
import { ensureSession } from '../store/tables/sessions.ts';
import { markHandled, type Spooled, takeEvent } from '../store/tables/spool.ts';
import type { Running } from './running.ts';

export interface SessionWorkerDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** Of the lanes. */
  readonly steady: Clock;
  readonly log: Log;
  readonly running: Running;
  /** Which agent answers in a new session. */
  readonly agent: string;
  /** What holds the turns up now. */
  readonly held: () => Halted['kind'] | undefined;
  /** Tells a sender that a halt ended the turn of a message, which gets no other. */
  readonly onCut: (event: InboundEvent) => Promise<void>;
  /** As the agent of a session: its replies are its own actions. */
  readonly performFor: (session: Session) => Promise<Perform>;
  readonly turn: (
    input: { readonly event: InboundEvent; readonly session: Session },
    signal: AbortSignal,
  ) => Promise<{ readonly kind: string; readonly text: string }>;
}

/** A message that stopped its turn this often, by whatever fault, is put aside and its sender told. */
const MOST_ATTEMPTS = 5;
const AGAIN_MS = 1000;

/** Takes the next message of a session through its turn and answers it: the work of the inbound lanes. */
export const createSessionWorker =
  (deps: SessionWorkerDeps) =>
  async (claim: Claim, lost: AbortSignal): Promise<void> => {
    const spooled = await deps.store.tx(async (sql) =>
      (await holdsLane(sql, 'in', claim)) ? takeEvent(sql, claim.lane) : undefined,
    );
    const finished = spooled ? await answer(deps, spooled, { key: claim.lane, lost }) : true;
    if (lost.aborted) return;
    const due = deps.steady.now() + (finished ? 0 : AGAIN_MS);
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
  if (held === 'paused') return false;
  const turn = deps.running.begin(key, lost);
  try {
    const result = await deps.turn({ event, session }, turn.signal);
    // Stopped by the gateway's own end, not by a person: the turn goes on at the next start.
    if (turn.interrupted()) return false;
    return settle(deps, event, await reply(deps, { event, session, ...result }));
  } catch (error) {
    if (turn.interrupted()) return false;
    deps.log.error(`the turn broke: ${error instanceof Error ? error.message : String(error)}`, {
      event: event.id,
      attempts,
    });
    return false;
  } finally {
    turn.end();
  }
}

interface Reply {
  readonly event: InboundEvent;
  readonly session: Session;
  readonly text: string;
  readonly kind: string;
}

async function reply(
  deps: SessionWorkerDeps,
  { event, session, text, kind }: Reply,
): Promise<Outcome> {
  const perform = await deps.performFor(session);
  return perform({
    id: `${event.id}:reply`,
    action: 'message.reply',
    resource: { event: event.id, session: session.id, text, result: kind },
    context: { session: session.id, event: event.id },
  });
}

/** A reply that was refused is not sent, but its message has had its turn all the same. */
async function settle(
  deps: SessionWorkerDeps,
  event: InboundEvent,
  outcome: Outcome,
): Promise<true> {
  if (!outcome.ok && outcome.reason === 'halted') return cutOff(deps, event);
  if (!outcome.ok) {
    deps.log.error(`the reply was not queued: ${outcome.message}`, { event: event.id });
    await markHandled(deps.store, event.id, 'failed');
  }
  return true;
}

async function cutOff(deps: SessionWorkerDeps, event: InboundEvent): Promise<true> {
  await deps.onCut(event);
  return true;
}

async function giveUp(
  deps: SessionWorkerDeps,
  event: InboundEvent,
  session: Session,
): Promise<boolean> {
  const text = `I tried ${MOST_ATTEMPTS} times and something broke each time, so I put your message aside. The log says what broke: atom doctor.`;
  return settle(deps, event, await reply(deps, { event, session, text, kind: 'failed' }));
}
