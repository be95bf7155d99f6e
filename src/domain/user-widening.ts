import { type Identity, identityText, identityWords } from './identity.ts';
import { outranks } from './role.ts';
import { isBounded, type User } from './user.ts';

/** The users of `next` that may do more than those of `known` by the same name. */
export const widenedUsers = (known: readonly User[], next: readonly User[]): readonly User[] =>
  next.filter((user) => userWidening(sameUser(known, user), user).length > 0);

/** What somebody gets that they had not before, one thing an entry; empty where it is nothing. */
export function userWidening(before: User | undefined, user: User): readonly string[] {
  const added = (of: (user: User) => readonly string[]): readonly string[] =>
    of(user).filter((one) => before === undefined || !of(before).includes(one));
  // An owner names no agents and jails, and has them all.
  const wasBounded = before === undefined || isBounded(before);
  const unbound = before !== undefined && wasBounded && !isBounded(user);
  const identities = (user.identities ?? []).filter((one) => !hasIdentity(before?.identities, one));
  const shares = user.feed === 'shared' && before?.feed !== 'shared';
  return [
    ...(before === undefined || outranks(user.role, before.role) ? [`be ${user.role}`] : []),
    ...added(({ senders }) => senders).map((sender) => `speak as ${sender}`),
    ...identities.map((one) => `bring devices as ${identityWords(one)}`),
    ...(wasBounded ? added(({ agents }) => agents) : []).map((one) => `use the agent ${one}`),
    ...(wasBounded ? added(({ jails }) => jails) : []).map((one) => `work in the jail ${one}`),
    ...(unbound ? ['use every agent and jail'] : []),
    ...(shares ? ['be told of to every other user'] : []),
  ];
}

/** Whether somebody is known as that: by the same provider, to the same client, with the same keys. */
export const hasIdentity = (known: readonly Identity[] = [], identity: Identity): boolean =>
  known.some((one) => identityText(one) === identityText(identity));

/** The user that bore the same name. */
export const sameUser = (known: readonly User[], { name }: User): User | undefined =>
  known.find((user) => user.name === name);

/** As much of a user as both allow; undefined where that is nobody whom an agent works for. */
export function commonUser(known: User | undefined, user: User): User | undefined {
  if (!known) return undefined;
  const { identities, ...rest } = user;
  const vouched = identities?.filter((one) => hasIdentity(known.identities, one)) ?? [];
  const common = {
    ...rest,
    senders: user.senders.filter((one) => known.senders.includes(one)),
    feed: known.feed === 'shared' ? user.feed : ('own' as const),
    ...(vouched.length === 0 ? {} : { identities: vouched }),
  };
  if (!isBounded(known)) return common;
  if (!isBounded(user)) {
    const { role, agents, jails } = known;
    return { ...common, role, agents, jails };
  }
  const agents = user.agents.filter((one) => known.agents.includes(one));
  const jails = user.jails.filter((one) => known.jails.includes(one));
  const role = outranks(user.role, known.role) ? known.role : user.role;
  return agents.length === 0 ? undefined : { ...common, role, agents, jails };
}
