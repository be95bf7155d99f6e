import { AtomError } from '../base/errors.ts';
import type { Approval } from '../domain/approval.ts';
import type { QueueItem } from '../domain/queue-item.ts';
import type { Session } from '../domain/session.ts';
import type { Sql } from '../domain/store.ts';
import { type Viewer, visibleTo } from '../domain/visibility.ts';
import { sessionByKey, sessionsStarting } from '../store/tables/sessions.ts';
import type { Users } from './users.ts';
import { userBehind, userOfAddress, userOfApproval, userOfChat, userOfSession } from './whose.ts';

export interface SightDeps {
  readonly users: Pick<Users, 'at' | 'list'>;
  readonly sql: Sql;
}

/** A session that somebody may see, and the name of the user whose chat it is. */
export interface SeenSession extends Session {
  readonly user?: string;
}

/** The sessions that somebody may see. */
export async function seenSessions(
  deps: SightDeps,
  viewer: Viewer,
): Promise<readonly SeenSession[]> {
  const seen: SeenSession[] = [];
  for (const session of await sessionsStarting(deps.sql, '')) {
    const of = await userOfSession(deps, session);
    if (visibleTo(viewer, { kind: 'talk', of }))
      seen.push(of === undefined ? session : { ...session, user: of });
  }
  return seen;
}

/**
 * Throws where somebody may not see a conversation: AtomError `not-found` for a user, in the words for one that
 * is not there; `blocked` for the owner, who has to name the user.
 */
export async function requireSeen(deps: SightDeps, viewer: Viewer, key: string): Promise<void> {
  const session = await sessionByKey(deps.sql, key);
  const of = session ? await userOfSession(deps, session) : userOfChat(deps.users, key);
  if (visibleTo(viewer, { kind: 'talk', of })) return;
  if (viewer.user !== undefined || of === undefined)
    throw new AtomError('not-found', `There is no session ${key}.`, {
      next: ['See which there are:   atom sessions list'],
    });
  throw new AtomError('blocked', `What is said in ${key} is ${of}’s.`, {
    next: [`To look at it all the same:   atom sessions show ${key} --user ${of}`],
  });
}

/** Whether somebody may see a question to the owner. */
export const seesApproval = (
  users: Pick<Users, 'at'>,
  viewer: Viewer,
  approval: Pick<Approval, 'asker'>,
): boolean => visibleTo(viewer, { kind: 'approval', of: userOfApproval(users, approval) });

/** A message that waits or waited, without its words where they are a user's talk: what is done with it needs none. */
export async function shownItem({ users, sql }: SightDeps, item: QueueItem): Promise<QueueItem> {
  const isErrand = item.chat.channel === 'agent';
  const of = isErrand
    ? (await userBehind({ users, sql }, item.id))?.name
    : userOfAddress(users, item.chat);
  if (visibleTo({}, { kind: 'talk', of })) return item;
  return { ...item, text: `(what ${of} talks about is not shown here)` };
}
