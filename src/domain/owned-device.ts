import { type Identity, identityText, identityWords } from './identity.ts';
import { senderText, type User } from './user.ts';

/** Whose a new device is, as a provider vouched for it. */
export interface DeviceOwner {
  /** Name of the user. */
  readonly user: string;
  /** As what, exactly (see `identityText`). */
  readonly identity: string;
  /** The same for people. */
  readonly words: string;
}

/** A device that was let in as a user's, because a provider vouched for it. */
export interface OwnedDevice extends Omit<DeviceOwner, 'words'> {
  /** Its id, such as `d2`. */
  readonly device: string;
}

export const deviceOwner = ({ name }: User, identity: Identity): DeviceOwner => ({
  user: name,
  identity: identityText(identity),
  words: identityWords(identity),
});

/** True while that user is known as that. */
export const isVouched = (
  users: readonly User[],
  owner: Pick<DeviceOwner, 'user' | 'identity'>,
): boolean => vouchedIn(users).has(keyOf(owner));

/** The users with the devices that are theirs among their senders; what the settings say of a device goes before. */
export function withDevices(
  users: readonly User[],
  owned: readonly OwnedDevice[],
): readonly User[] {
  const named = new Set(users.flatMap(({ senders }) => senders));
  const theirs = Map.groupBy(
    owned.filter(({ device }) => !named.has(asSender(device))),
    ({ user }) => user,
  );
  if (theirs.size === 0) return users;
  return users.map((user) => {
    const more = theirs.get(user.name)?.map(({ device }) => asSender(device)) ?? [];
    return more.length === 0 ? user : { ...user, senders: [...user.senders, ...more] };
  });
}

/**
 * Ids of the devices whose user is not known any more as what they were let in for: they must not become the owner's.
 * `users` are those of the settings, without what `withDevices` adds.
 */
export function lostDevices(
  users: readonly User[],
  owned: readonly OwnedDevice[],
): readonly string[] {
  const [named, vouched] = [new Set(users.flatMap(({ senders }) => senders)), vouchedIn(users)];
  return owned
    .filter((one) => !named.has(asSender(one.device)) && !vouched.has(keyOf(one)))
    .map(({ device }) => device);
}

/** As what all of them are known. */
const vouchedIn = (users: readonly User[]): ReadonlySet<string> =>
  new Set(
    users.flatMap(({ name, identities = [] }) =>
      identities.map((one) => keyOf({ user: name, identity: identityText(one) })),
    ),
  );

/** No name of a user has a space in it. */
const keyOf = ({ user, identity }: Pick<DeviceOwner, 'user' | 'identity'>): string =>
  `${user} ${identity}`;

const asSender = (device: string): string => senderText({ channel: 'device', id: device });
