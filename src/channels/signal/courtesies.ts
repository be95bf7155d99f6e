import type { Log } from '../../base/log.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { addressOf, placeOf } from './ids.ts';
import type { Session } from './session.ts';
import type { Params } from './wire.ts';

export interface CourtesyDeps {
  /** Our own account. */
  readonly own: string;
  readonly log: Log;
}

const BRIEF_MS = 10_000;

/** Shows that a message was read, once it is stored. */
export function showRead(deps: CourtesyDeps, session: Session, event: InboundEvent): Promise<void> {
  const recipient = addressOf(event.sender.id);
  const targetTimestamp = [event.at];
  return tried(deps, session, 'sendReceipt', { recipient, targetTimestamp, type: 'read' });
}

/** Shows that a number was taken as an answer. */
export function showTaken(
  deps: CourtesyDeps,
  session: Session,
  event: InboundEvent,
): Promise<void> {
  const target = { targetAuthor: addressOf(event.sender.id), targetTimestamp: event.at };
  return tried(deps, session, 'sendReaction', {
    ...placeOf(event.from.peer, deps.own),
    ...target,
    emoji: '👀',
  });
}

export function showTyping(deps: CourtesyDeps, session: Session, peer: string): Promise<void> {
  const place = placeOf(peer, deps.own);
  if (place === undefined || 'noteToSelf' in place) return Promise.resolve();
  return tried(deps, session, 'sendTyping', place);
}

/** For what is nice to have: a failure is a line in the log. */
async function tried(
  { log }: CourtesyDeps,
  { wire, account }: Session,
  method: string,
  params: Params,
): Promise<void> {
  try {
    await wire.call(method, { ...account, ...params }, AbortSignal.timeout(BRIEF_MS));
  } catch (thrown) {
    log.debug(`${method} did not work`, { reason: String(thrown) });
  }
}
