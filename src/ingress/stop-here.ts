import { type InboundEvent, speakerOf } from '../domain/event.ts';
import { deciderWords } from '../domain/halt.ts';
import type { Role } from '../domain/role.ts';
import { sessionByKey } from '../store/tables/sessions.ts';
import { startFresh } from '../store/tables/talks.ts';
import type { IngressDeps } from './ingress-deps.ts';

/**
 * Stops what runs in a session; `fresh`: and begins another conversation there. Which model answers is the
 * owner's choice, and nobody else's fresh start takes it back.
 */
export async function stopHere(
  { store, stopTurn }: Pick<IngressDeps, 'store' | 'stopTurn'>,
  event: InboundEvent,
  {
    session,
    role,
    fresh,
  }: { readonly session: string; readonly role: Role; readonly fresh: boolean },
): Promise<string> {
  const stopped = stopTurn(session, deciderWords(speakerOf(event)));
  if (!fresh) return stopped ? 'Stopped.' : 'Nothing was running.';
  const known = await sessionByKey(store, session);
  const wish = { now: event.at, keepsModel: role !== 'owner' };
  if (known) await store.tx((sql) => startFresh(sql, known.id, wish));
  return 'A fresh start: what was said before is no longer part of this conversation. /sessions has it.';
}
