import { isOwnersPlace } from '../../assembly/owner-chats.ts';
import { shownEntry } from '../../assembly/shown-entry.ts';
import { requireSeen } from '../../assembly/sight.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { Caller } from '../../domain/caller.ts';
import { isDirect } from '../../domain/session.ts';
import { isOfDevice } from '../../protocol/session-key.ts';
import { sessionByKey } from '../../store/tables/sessions.ts';
import { recentEntries } from '../../store/tables/transcript.ts';
import type { Methods } from '../kernel.ts';

/** What was said in a chat. Throws AtomError `not-found` or `blocked` where it is not the caller's to read. */
export const createHistory =
  ({ records }: Pick<Atom, 'records'>): Methods['chat.history'] =>
  async ({ session, limit }, caller) => {
    const { store, users } = records;
    await requireSeen({ users, sql: store }, caller, session);
    await requireAlone(records, caller, session);
    return { entries: (await recentEntries(store, session, limit)).map(shownEntry) };
  };

/** Who only looks on reads what the owner and agents say; chats with others are for whoever may read all of them. */
async function requireAlone(
  records: Pick<Atom['records'], 'store' | 'people'>,
  { id, name, scopes, user }: Caller,
  key: string,
): Promise<void> {
  if (user !== undefined || scopes.includes('operate') || isOfDevice(key, id)) return;
  const session = await sessionByKey(records.store, key);
  if (!session || session.home.channel === 'agent') return;
  if (isDirect(session) && (await isOwnersPlace(records, session.home))) return;
  throw new AtomError('blocked', `${name} may not read ${key}: others than you speak there.`, {
    next: [
      'Read it at this machine:   atom sessions show',
      'Or pair it anew with “operate”:   atom devices pair',
    ],
  });
}
