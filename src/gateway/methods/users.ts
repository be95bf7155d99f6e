import { devicesNotTheirs, noteUsers } from '../../assembly/agreed-users.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { readConfig } from '../../config/file.ts';
import { usersIn } from '../../config/users-schema.ts';
import { deciderOf } from '../../domain/caller.ts';
import { withDevices } from '../../domain/owned-device.ts';
import { askersOf, type User } from '../../domain/user.ts';
import { sameUser, userWidening, widenedUsers } from '../../domain/user-widening.ts';
import type { Methods } from '../kernel.ts';
import { prove } from './proof.ts';

/** People with agents and jails of their own. Letting one do more needs the second factor, where there is one. */
export const userMethods = ({
  agents,
  devices,
  options,
  records,
  trust,
}: Atom): Pick<Methods, 'users.list' | 'users.reload'> => {
  const { users, people, factor, store, audit } = records;
  return {
    'users.list': async () => ({ users: users.list(), waiting: users.waiting() }),
    'users.reload': async ({ code }, caller) => {
      const named = usersIn(await readConfig(options.paths));
      const [known, owned] = [users.list(), users.owned()];
      const next = withDevices(named, owned);
      const more = widenedUsers(known, next);
      const names = (await agents.list()).map(({ name }) => name);
      for (const user of more) requireAgents(user, names);
      if (more.length > 0 && (await factor.enrolled())) {
        const words = more.map((user) => moreWords(known, user)).join('; ');
        await prove(factor, code, { purpose: `users ${words}`, words: `To let ${words}` });
      }
      // Before they are nobody's: what a device of theirs may do is not for it to do as the owner's.
      for (const id of devicesNotTheirs({ before: known, after: named, owned }))
        if ((await trust.roster.find(id))?.revokedAt === undefined)
          await devices.revoke(id, deciderOf(caller));
      await store.tx((sql) => noteUsers(audit, sql, named));
      users.use(named);
      // What stood for somebody who may do less now stands no longer, and what was asked is denied.
      const less = widenedUsers(next, known);
      await people.takeBack(less.flatMap(askersOf), deciderOf(caller));
      return { users: next };
    },
  };
};

const moreWords = (known: readonly User[], user: User): string =>
  `${user.name} ${userWidening(sameUser(known, user), user).join(', ')}`;

function requireAgents({ name, agents }: User, known: readonly string[]): void {
  const missing = agents.find((agent) => !known.includes(agent));
  if (missing === undefined) return;
  throw new AtomError('not-found', `There is no agent ${missing} that could work for ${name}.`, {
    next: [`Make it:   atom agents add ${missing}`, 'See which there are:   atom agents list'],
  });
}
