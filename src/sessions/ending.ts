import { asAtomError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { redact } from '../base/redact.ts';
import type { Outcome, Perform } from '../domain/action.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { markDead, noteBroken } from '../store/tables/dead-letters.ts';
import { markHandled } from '../store/tables/spool.ts';

/** A message that stopped its turn this often, by whatever fault, is put aside and its sender told. */
export const MOST_ATTEMPTS = 5;

export interface EndingDeps {
  readonly store: Store;
  readonly log: Log;
  /** Tells a sender that a halt ended the turn of a message, which gets no other. */
  readonly onCut: (event: InboundEvent) => Promise<void>;
  /** As the agent of a session: its replies are its own actions. */
  readonly performFor: (session: Session) => Promise<Perform>;
}

/** What a turn came to. `kind` is kept with the event. */
export interface Reply {
  readonly event: InboundEvent;
  readonly session: Session;
  readonly text: string;
  readonly kind: string;
}

/** Answers the chat that the event came from; the event is handled with it. */
export async function reply(
  deps: EndingDeps,
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
export async function settle(
  deps: EndingDeps,
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

/** Leaves a message without a turn, because a halt ended it. */
export async function cutOff(deps: EndingDeps, event: InboundEvent): Promise<true> {
  await deps.onCut(event);
  return true;
}

/** Notes why a turn broke; it is taken again. */
export async function broke(
  { store, log }: EndingDeps,
  { event, attempts, error }: Broken,
): Promise<void> {
  const { message } = asAtomError(error);
  log.error(`the turn broke: ${message}`, { event: event.id, attempts });
  await noteBroken(store, event.id, redact(message));
}

interface Broken {
  readonly event: InboundEvent;
  readonly attempts: number;
  readonly error: unknown;
}

/** Puts a message aside that broke its turn each time, and says so. */
export async function giveUp(
  deps: EndingDeps,
  event: InboundEvent,
  session: Session,
): Promise<boolean> {
  const text = `I tried ${MOST_ATTEMPTS} times and something broke each time, so I put your message aside. What broke, and how to try it again: atom spool list`;
  await settle(deps, event, await reply(deps, { event, session, text, kind: 'failed' }));
  await markDead(deps.store, event.id);
  return true;
}
