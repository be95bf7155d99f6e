import type { Listed } from '../config/listed.ts';
import { lostDevices, type OwnedDevice, withDevices } from '../domain/owned-device.ts';
import type { Person } from '../domain/sender.ts';
import { senderText, type User, userAt } from '../domain/user.ts';

/** Who has agents and jails of their own, as things are now. */
export interface Users {
  /** Devices that a provider vouched for are among their senders. */
  list(): readonly User[];
  /** Those of the configuration that may do more than was agreed to. */
  waiting(): readonly User[];
  /** Whose account that is. */
  at(who: Pick<Person, 'channel' | 'id'>): User | undefined;
  named(name: string): User | undefined;
  /** True for whoever lets every other user read what is told of their work. */
  shares(name: string): boolean;
  /** Every device that a provider vouched for, those that were revoked too. */
  owned(): readonly OwnedDevice[];
  /** One more was let in. */
  own(device: OwnedDevice): void;
  /** True for a device of a user who is not known any more as what it was let in for: it is nobody's. */
  isLost(device: string): boolean;
  /** From now on it is these, and nothing waits. */
  use(users: readonly User[]): void;
}

export function createUsers(agreed: {
  readonly users: readonly User[];
  readonly waiting: readonly User[];
  readonly owned?: readonly OwnedDevice[];
}): Users {
  let { users: own, waiting, owned = [] } = agreed;
  let users = withDevices(own, owned);
  // Asked for at each request and each event.
  let lost = new Set(lostDevices(own, owned));
  const settle = (): void => {
    users = withDevices(own, owned);
    lost = new Set(lostDevices(own, owned));
  };
  const named: Users['named'] = (name) => users.find((user) => user.name === name);
  return {
    list: () => users,
    waiting: () => waiting,
    at: (who) => userAt(users, who),
    named,
    shares: (name) => named(name)?.feed === 'shared',
    owned: () => owned,
    own: (device) => {
      owned = [...owned, device];
      settle();
    },
    isLost: (device) => lost.has(device),
    use: (list) => {
      own = list;
      waiting = [];
      settle();
    },
  };
}

/** Whom the settings name on a channel: what they say of a user comes before all else. */
export const listedWith = (users: Pick<Users, 'list'>, channel: string, listed: Listed): Listed => {
  const mine = users
    .list()
    .flatMap(({ senders, role }) =>
      senders
        .filter((sender) => sender.startsWith(senderText({ channel, id: '' })))
        .map((sender) => [sender.slice(channel.length + 1), role] as const),
    );
  return mine.length === 0 ? listed : new Map([...listed, ...mine]);
};
