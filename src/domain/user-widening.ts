import { outranks } from './role.ts';
import { isBounded, type User } from './user.ts';

/** The users of `next` that may do more than those of `known` by the same name. */
export const widenedUsers = (known: readonly User[], next: readonly User[]): readonly User[] =>
  next.filter((user) => userWidening(sameUser(known, user), user).length > 0);

/** What somebody gets that they had not before, one thing an entry; empty where it is nothing. */
export function userWidening(before: User | undefined, user: User): readonly string[] {
  const added = (of: (user: User) => readonly string[]): readonly string[] =>
    of(user).filter((one) => before === undefined || !of(before).includes(one));
  const unbound = before !== undefined && isBounded(before) && !isBounded(user);
  return [
    ...(before === undefined || outranks(user.role, before.role) ? [`be ${user.role}`] : []),
    ...added(({ senders }) => senders).map((sender) => `speak as ${sender}`),
    ...added(({ agents }) => agents).map((agent) => `use the agent ${agent}`),
    ...added(({ jails }) => jails).map((jail) => `work in the jail ${jail}`),
    ...(unbound ? ['use every agent and jail'] : []),
  ];
}

/** The user that bore the same name. */
export const sameUser = (known: readonly User[], { name }: User): User | undefined =>
  known.find((user) => user.name === name);
