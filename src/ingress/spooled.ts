import { AtomError } from '../base/errors.ts';
import type { InboundEvent } from '../domain/event.ts';
import { isTheirOwn } from '../domain/sender.ts';
import { knownEventId, spoolEvent } from '../store/tables/spool.ts';
import { FULL } from './backlog.ts';
import { explainWaiting } from './explain-waiting.ts';
import type { IngressDeps } from './ingress-deps.ts';
import type { Heard } from './keep.ts';

/** Keeps a message for its turn, and tells its sender where that is to come later. False for an old one. */
export async function spooled(
  deps: IngressDeps,
  event: InboundEvent,
  heard: Heard,
): Promise<boolean> {
  const { session, role } = heard;
  // All that is looked at is, in the one transaction: each question of its own would wait for the commits of others.
  const kept = await deps.keep({ event, ...heard });
  if (kept === 'no room') return dropped(deps, event, session);
  if (kept === 'known') return false;
  const cut = deps.arrived({
    key: session,
    event: event.id,
    // In a group or another's chat, nobody else stops an owner's turn by talking.
    may: role === 'owner' || isTheirOwn(event),
  });
  deps.bus.tell('inbound', undefined);
  // Where the turn is stopped, nothing keeps the message waiting.
  if ((await deps.halt.explain(event)) || cut) return true;
  const behind = deps.backlog.words(session, kept.waiting);
  if (behind !== undefined) await deps.notice(event, behind);
  else if (kept.asked.length > 0)
    await explainWaiting(deps, event, { ...heard, asked: kept.asked });
  return true;
}

/**
 * Keeps no message of somebody whose share is used up, and says so once. A client of the gateway is told
 * each time, and so is a channel that brings it again by itself; refused elsewhere, it would keep what is
 * behind it from coming in.
 */
async function dropped(deps: IngressDeps, event: InboundEvent, session: string): Promise<false> {
  if (await knownEventId(deps.store, event)) return false;
  if (event.via || deps.bringsAgain(event.from.channel)) throw new AtomError('unavailable', FULL);
  const words = deps.backlog.fullWords(session);
  if (words === undefined) await deps.store.tx((sql) => spoolEvent(sql, event, null));
  else await deps.answer(event, words);
  return false;
}
