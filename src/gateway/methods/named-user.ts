import type { Users } from '../../assembly/users.ts';
import { AtomError } from '../../base/errors.ts';
import type { Caller } from '../../domain/caller.ts';
import { noSuchUser } from '../../domain/user.ts';

/** Who asks for the things of a user by name, and what was found of theirs. */
interface Asked<T> {
  readonly caller: Pick<Caller, 'user'>;
  readonly name: string | undefined;
  readonly found: readonly T[];
}

/**
 * What was found, unless it answers another question than was asked. Throws AtomError `blocked` for a user who
 * asks for somebody else's, and `not-found` for a name that nobody has; somebody who is a user no more may have
 * left something.
 */
export function foundOf<T>(
  users: Pick<Users, 'named'>,
  { caller, name, found }: Asked<T>,
): readonly T[] {
  if (name === undefined || name === caller.user) return found;
  if (caller.user !== undefined)
    throw new AtomError('blocked', 'You are shown what is yours, and nobody else’s.', {
      next: ['Ask for it without the name of a user.'],
    });
  if (found.length > 0 || users.named(name) !== undefined) return found;
  throw noSuchUser(name);
}
