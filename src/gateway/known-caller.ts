import { belongingOf } from '../assembly/feed-desk.ts';
import type { Users } from '../assembly/users.ts';
import { userOfChat } from '../assembly/whose.ts';
import { type Caller, SCOPES_OF_USERS } from '../domain/caller.ts';
import { deviceAs } from '../domain/sender.ts';
import { isBounded } from '../domain/user.ts';
import { visibleTo } from '../domain/visibility.ts';
import type { KeptEvent } from './kept-events.ts';

/** Who asks, and what they are told, as things are now. */
export interface KnownCallers {
  /** A device or a program of a user has that name, and holds no more than a user may. */
  known(caller: Caller): Caller;
  told(caller: Caller, event: KeptEvent): boolean;
}

export function knownBy(users: Users): KnownCallers {
  const known = (caller: Caller): Caller => {
    if (caller.surface !== 'terminal' && users.isLost(caller.id)) return { ...caller, scopes: [] };
    const user = caller.surface === 'terminal' ? undefined : users.at(deviceAs(caller.id));
    if (!user || !isBounded(user)) return caller;
    const scopes = caller.scopes.filter((scope) => SCOPES_OF_USERS.includes(scope));
    return { ...caller, user: user.name, scopes };
  };
  return {
    known,
    told: (caller, { scope, theirs, talkOf }) => {
      const now = known(caller);
      const chat = theirs && 'chat' in theirs ? theirs.chat : undefined;
      const of = talkOf ?? (chat === undefined ? undefined : userOfChat(users, chat));
      if (now.user === undefined)
        return now.scopes.includes(scope) && visibleTo({}, { kind: 'talk', of });
      if (theirs === undefined || !now.scopes.includes('read')) return false;
      return visibleTo(now, 'chat' in theirs ? { kind: 'talk', of } : belongingOf(users, theirs));
    },
  };
}
