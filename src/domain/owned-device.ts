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
  { user, identity }: Omit<DeviceOwner, 'words'>,
): boolean =>
  users.some(
    ({ name, identities = [] }) =>
      name === user && identities.some((one) => identityText(one) === identity),
  );

/** The users with the devices that are theirs among their senders; what the settings say of a device goes before. */
export function withDevices(
  users: readonly User[],
  owned: readonly OwnedDevice[],
): readonly User[] {
  const free = owned.filter(({ device }) => !isNamed(users, device));
  if (free.length === 0) return users;
  return users.map((user) => {
    const theirs = free
      .filter((one) => one.user === user.name)
      .map(({ device }) => asSender(device));
    return theirs.length === 0 ? user : { ...user, senders: [...user.senders, ...theirs] };
  });
}

/**
 * Ids of the devices whose user is not known any more as what they were let in for: they must not become the owner's.
 * `users` are those of the settings, without what `withDevices` adds.
 */
export const lostDevices = (
  users: readonly User[],
  owned: readonly OwnedDevice[],
): readonly string[] =>
  owned
    .filter((one) => !isNamed(users, one.device) && !isVouched(users, one))
    .map(({ device }) => device);

const asSender = (device: string): string => senderText({ channel: 'device', id: device });

const isNamed = (users: readonly User[], device: string): boolean =>
  users.some(({ senders }) => senders.includes(asSender(device)));
