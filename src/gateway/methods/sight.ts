import { userOfChat, userOfSession } from '../../assembly/whose.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { Caller } from '../../domain/caller.ts';
import { type Viewer, visibleTo } from '../../domain/visibility.ts';
import { sessionByKey } from '../../store/tables/sessions.ts';

/** Who looks; `at`: the user whose things the owner asks for by name. */
export const viewerOf = ({ user }: Pick<Caller, 'user'>, at?: string): Viewer =>
  user === undefined ? { at } : { user };

/**
 * Throws where somebody may not see a conversation: AtomError `not-found` for a user, in the words for one that
 * is not there; `blocked` for the owner, who has to name the user.
 */
export async function requireSeen(
  { records }: Pick<Atom, 'records'>,
  viewer: Viewer,
  key: string,
): Promise<void> {
  const { users, store } = records;
  const session = await sessionByKey(store, key);
  const of = session ? await userOfSession({ users, sql: store }, session) : userOfChat(users, key);
  if (visibleTo(viewer, { kind: 'talk', of })) return;
  if (viewer.user !== undefined || of === undefined)
    throw new AtomError('not-found', `There is no session ${key}.`, {
      next: ['See which there are:   atom sessions list'],
    });
  throw new AtomError('blocked', `What is said in ${key} is ${of}’s.`, {
    next: [`To look at it all the same:   atom sessions show ${key} --user ${of}`],
  });
}
