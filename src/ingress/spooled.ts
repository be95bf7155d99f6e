import { AtomError } from '../base/errors.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Role } from '../domain/role.ts';
import { isTheirOwn, personOf } from '../domain/sender.ts';
import { pendingApprovals } from '../store/tables/approvals.ts';
import { noteHeard } from '../store/tables/senders.ts';
import { sessionByKey } from '../store/tables/sessions.ts';
import { knownEventId, spoolEvent } from '../store/tables/spool.ts';
import { waitingWords } from './answers.ts';
import { FULL } from './backlog.ts';
import type { IngressDeps } from './ingress-deps.ts';

/** Which conversation a message is for, by its session's key, and who its sender is here. */
export interface Heard {
  readonly session: string;
  readonly role: Role;
}

/** Keeps a message for its turn, and tells its sender where that is to come later. False for an old one. */
export async function spooled(
  deps: IngressDeps,
  event: InboundEvent,
  { session, role }: Heard,
): Promise<boolean> {
  if (role === 'owner') await deps.backlog.requireRoom();
  else if (!(await deps.backlog.hasRoomForOthers(session))) return dropped(deps, event, session);
  const fresh = await deps.store.tx(async (sql) => {
    await noteHeard(sql, personOf(event), event.at);
    return spoolEvent(sql, event, session);
  });
  if (!fresh) return false;
  const cut = deps.arrived({
    ...{ key: session, event: event.id },
    // In a group or another's chat, nobody else stops an owner's turn by talking.
    may: role === 'owner' || isTheirOwn(event),
  });
  deps.bus.tell('inbound', undefined);
  // Where the turn is stopped, nothing keeps the message waiting.
  if ((await deps.halt.explain(event)) || cut) return true;
  const behind = await deps.backlog.words(session);
  if (behind === undefined) await explainWaiting(deps, event, { session, role });
  else await deps.notice(event, behind);
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

/** A message that comes while its session waits for a yes is kept, and its sender told why it rests. */
async function explainWaiting(
  deps: IngressDeps,
  event: InboundEvent,
  { session: key, role }: Heard,
): Promise<void> {
  const [session, pending] = await Promise.all([
    sessionByKey(deps.store, key),
    pendingApprovals(deps.store),
  ]);
  const waiting = pending.find(
    ({ request }) => session !== undefined && request.context.session === session.id,
  );
  if (!waiting) return;
  await deps.notice(event, role === 'owner' ? waitingWords(waiting.card) : OWNER_DECIDES);
}

const OWNER_DECIDES = 'I asked the owner about what was said before. Your message is queued.';
