import type { Listed } from '../config/listed.ts';
import type { Person } from '../domain/sender.ts';
import { senderText, type User, userAt } from '../domain/user.ts';

/** Who has agents and jails of their own, as things are now. */
export interface Users {
  list(): readonly User[];
  /** Those of the configuration that may do more than was agreed to. */
  waiting(): readonly User[];
  /** Whose account that is. */
  at(who: Pick<Person, 'channel' | 'id'>): User | undefined;
  named(name: string): User | undefined;
  /** True for whoever lets every other user read what is told of their work. */
  shares(name: string): boolean;
  /** From now on it is these, and nothing waits. */
  use(users: readonly User[]): void;
}

export function createUsers(agreed: {
  readonly users: readonly User[];
  readonly waiting: readonly User[];
}): Users {
  let { users, waiting } = agreed;
  const named: Users['named'] = (name) => users.find((user) => user.name === name);
  return {
    list: () => users,
    waiting: () => waiting,
    at: (who) => userAt(users, who),
    named,
    shares: (name) => named(name)?.feed === 'shared',
    use: (list) => {
      users = list;
      waiting = [];
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
