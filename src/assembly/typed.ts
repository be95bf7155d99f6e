import type { IntentContext } from '../domain/action.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { TranscriptEntry } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { findEvent } from '../store/tables/spool.ts';
import { behind } from './behind.ts';
import { inTurn } from './window.ts';

/**
 * What people typed themselves in the turn of an event, whoever they are: not what they passed on, and what no
 * agent worded. Where another agent asked, also what was said to whoever asked first. Words that nobody can
 * tell any more are not typed.
 */
export async function typedIn(
  store: Store,
  { session, event }: IntentContext,
  read: (session: string) => Promise<readonly TranscriptEntry[]>,
): Promise<string> {
  if (session === undefined || event === undefined) return '';
  const heard = inTurn(await read(session), event).filter(({ item }) => item.role === 'user');
  const texts: string[] = [];
  for (const id of new Set([event, ...heard.map((entry) => entry.event)]))
    texts.push(...(await ownWords(store, id)));
  return texts.join('\n');
}

async function ownWords(store: Store, id: string): Promise<readonly string[]> {
  const event = await findEvent(store, id);
  const began = event?.via?.surface === 'agent' ? await behind(store, id) : event;
  return began === undefined || began === 'owner' || !isTheirs(began) ? [] : [began.text];
}

// Whoever claims to be somebody has no path of theirs excused.
const isTheirs = ({ claimed, wordsOf, via }: InboundEvent): boolean =>
  claimed !== true && wordsOf === undefined && via?.surface !== 'agent' && via?.worded !== true;
