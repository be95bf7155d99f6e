import { AtomError } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import { type Identity, markWords } from './identity.ts';
import type { Role } from './role.ts';
import type { Person } from './sender.ts';

/** Somebody with accounts, agents and jails of their own. Owners are one person, however many have that role. */
export interface User {
  /** What the owner calls them; nobody else is called that. */
  readonly name: string;
  readonly role: Role;
  /** `channel:id` each, by the platform's fixed id, such as `telegram:5012233`; `device:d2` for a device. */
  readonly senders: readonly string[];
  /** Names of the agents that work for them, the one that answers first; an owner has them all. */
  readonly agents: readonly string[];
  /** Names of the jails that is done in; an owner has them all. */
  readonly jails: readonly string[];
  /** `shared`: what agents tell of their work for them, every other user may read, too. */
  readonly feed: 'own' | 'shared';
  /** As what a device may say that it is theirs, by a token of an OpenID provider; absent where by nothing. */
  readonly identities?: readonly Identity[];
}

/** How a sender of somebody is written. */
export const senderText = ({ channel, id }: Pick<Person, 'channel' | 'id'>): string =>
  `${channel}:${id}`;

/** Every name by which somebody asks: what is a device's may be a program's. */
export const askersOf = ({
  senders,
}: Pick<User, 'senders'>): readonly Pick<Person, 'channel' | 'id'>[] =>
  senders.map(senderIn).flatMap(({ channel, id }) =>
    channel === 'device'
      ? [
          { channel, id },
          { channel: 'program', id },
        ]
      : [{ channel, id }],
  );

/** Ids of the devices that were somebody's and are no user's any more: they must not become the owner's. */
export function devicesLost(before: readonly User[], after: readonly User[]): readonly string[] {
  const lost = before
    .filter(isBounded)
    .flatMap(({ senders }) => senders.map(senderIn))
    .filter(({ channel }) => channel === 'device');
  return lost.filter((device) => !userAt(after, device)).map(({ id }) => id);
}

const senderIn = (sender: string): Pick<Person, 'channel' | 'id'> => {
  const at = sender.indexOf(':');
  return { channel: sender.slice(0, at), id: sender.slice(at + 1) };
};

/** Whose account that is; undefined where it is nobody's who has a user. */
export const userAt = (
  users: readonly User[],
  who: Pick<Person, 'channel' | 'id'>,
): User | undefined => users.find(({ senders }) => senders.includes(senderText(who)));

/** True for whoever has agents and jails of their own, and no others. */
export const isBounded = ({ role }: Pick<User, 'role'>): boolean => role !== 'owner';

/** One user in words: `dana, a member: telegram:42; agents writer; jails letters`. */
export function userWords({ name, role, senders, agents, jails, feed, identities }: User): string {
  const said = role === 'owner' ? 'an owner' : `a ${role}`;
  const has = isBounded({ role })
    ? [`agents ${agents.join(', ')}`, jails.length > 0 ? `jails ${jails.join(', ')}` : 'no jail']
    : [];
  const tells = feed === 'shared' ? ['feed shared'] : [];
  const known = identities ? [`known as ${identities.map(markWords).join(', ')}`] : [];
  return `${name}, ${said}: ${[senders.join(', ') || 'no sender', ...has, ...tells, ...known].join('; ')}`;
}

/** What is said of a name that no user has. */
export const noSuchUser = (name: string): AtomError =>
  new AtomError('not-found', `There is no user ${visible(name)}.`, {
    next: ['See who there is:   atom users list'],
  });
