import type { IntentContext } from '../domain/action.ts';
import type { Principal } from '../domain/agent.ts';
import type { InboundEvent } from '../domain/event.ts';
import { cleanLabels, joinLabels, type Labels, worstLabels } from '../domain/label.ts';
import type { TranscriptEntry } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { entriesSeen, type Window } from '../domain/window.ts';
import type { People } from '../governance/people/people.ts';
import { sessionById } from '../store/tables/sessions.ts';
import { conversation } from '../store/tables/transcript.ts';
import { roleNow } from './role-now.ts';

/** True for words of an owner: whoever reaches the terminal, is on a channel's allowlist or was made one, and still is. */
export const createIsOwner =
  (store: Store, people: Pick<People, 'roleOf'>) =>
  async (event: InboundEvent): Promise<boolean> =>
    event.via?.surface !== 'agent' && (await roleNow(store, event, people)) === 'owner';

/** Who asks, and how much of its conversation it sees. */
interface Seeing {
  readonly principal: Principal;
  readonly sees: 'conversation' | 'turn';
  /** Reads a conversation, by the session's id; off the store unless given. */
  readonly read?: (session: string) => Promise<readonly TranscriptEntry[]>;
}

/**
 * Everything that whoever asks was shown, off the transcript. An agent that asks for nobody known is
 * taken for one that has seen the worst.
 */
export async function windowOf(
  store: Store,
  { session, event }: IntentContext,
  { principal, sees, read = (id) => conversation(store, id) }: Seeing,
): Promise<Window> {
  const known = session !== undefined && (await sessionById(store, session)) !== undefined;
  if (!known) return principal.kind === 'agent' || session !== undefined ? unknown : clean;
  const entries = entriesSeen(await read(session), event, sees);
  const from = (guarded: (labels: Labels) => boolean): readonly string[] => [
    ...new Set(entries.flatMap((e) => (guarded(e.labels) && e.source ? [e.source] : []))),
  ];
  return {
    labels: entries.reduce<Labels>((all, entry) => joinLabels(all, entry.labels), cleanLabels),
    sources: from(({ integrity }) => integrity === 'untrusted'),
    secrets: from(({ confidentiality }) => confidentiality === 'secret'),
    said: inTurn(entries, event).flatMap(ownWords).join('\n'),
  };
}

const clean: Window = { labels: cleanLabels, sources: [], said: '' };
const unknown: Window = { labels: worstLabels, sources: [], said: '' };

/** Everything since the turn of an event began: what was taken into it was said in it. */
export function inTurn(
  entries: readonly TranscriptEntry[],
  event: string | undefined,
): readonly TranscriptEntry[] {
  const start = entries.findIndex((entry) => entry.event === event);
  return start < 0 ? [] : entries.slice(start);
}

/** Only what the owner typed can endorse: the label tells it from what was passed on. */
const ownWords = ({ item, labels }: TranscriptEntry): readonly string[] =>
  item.role === 'user' && labels.integrity === 'owner' ? [item.text] : [];
