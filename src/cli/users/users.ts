import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { readConfig } from '../../config/file.ts';
import { usersIn } from '../../config/users-schema.ts';
import { type Mark, markWords } from '../../domain/identity.ts';
import type { Role } from '../../domain/role.ts';
import { isBounded, noSuchUser, type User, userWords } from '../../domain/user.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';
import { requireDevices } from './devices.ts';
import { saveUsers, userCode } from './save.ts';

/** What is said of a user; what is left out stays as it is. */
export interface UserWish {
  readonly role?: Role;
  readonly senders?: readonly string[];
  readonly agents?: readonly string[];
  readonly jails?: readonly string[];
  readonly feed?: User['feed'];
}

interface Proof {
  readonly totpStdin: boolean;
}

/** Everybody with agents and jails of their own; asks no gateway. */
export async function listUsers(cli: Cli): Promise<void> {
  const users = await written(cli);
  if (cli.out.json) return cli.out.object({ users });
  if (users.length === 0) {
    cli.out.say('Nobody but you has agents of their own.');
    return cli.out.hint(
      'Somebody else:   atom users add dana --sender telegram:5012233 --agent dana',
    );
  }
  const isKnown = users.some(({ identities }) => identities !== undefined);
  const rows = [
    ['USER', 'ROLE', 'SENDERS', 'AGENTS', 'JAILS', 'FEED', 'KNOWN AS'],
    ...users.map((user) => [...rowOf(user), (user.identities ?? []).map(markWords).join(', ')]),
  ];
  for (const line of table(isKnown ? rows : rows.map((row) => row.slice(0, -1))))
    cli.out.data(line);
}

/** One of them. */
export async function showUser(cli: Cli, name: string): Promise<void> {
  const user = named(await written(cli), name);
  if (cli.out.json) return cli.out.object({ user });
  cli.out.data(visible(userWords(user)));
  cli.out.hint(`What they talk about:   atom sessions list --user ${name}`);
}

/** Throws AtomError `usage` where that name is taken, or something said makes no sense. */
export async function addUser(cli: Cli, name: string, wish: UserWish, proof: Proof): Promise<void> {
  const users = await written(cli);
  if (users.some((user) => user.name === name))
    throw new AtomError('usage', `There is a user ${name} already.`, {
      next: [`Change them:   atom users set ${name} …`],
    });
  await requireDevices(cli, wish.senders ?? []);
  const added: User = { ...NEW, name, ...wish };
  await saveUsers(cli, [...users, added], proof);
  tell(cli, added);
  cli.out.hint(`Undo:   atom users remove ${name}`);
}

/** Throws AtomError `not-found`, `usage`. */
export async function setUser(cli: Cli, name: string, wish: UserWish, proof: Proof): Promise<void> {
  const users = await written(cli);
  const before = named(users, name);
  if (Object.keys(wish).length === 0)
    throw new AtomError('usage', `Nothing was said that should change of ${name}.`, {
      next: ['See what can:   atom users set --help'],
    });
  await requireDevices(
    cli,
    (wish.senders ?? []).filter((one) => !before.senders.includes(one)),
  );
  const changed: User = { ...before, ...wish };
  await saveUsers(
    cli,
    users.map((user) => (user === before ? changed : user)),
    proof,
  );
  tell(cli, changed);
  cli.out.say(`Before: ${visible(userWords(before))}`);
}

/**
 * Has somebody known as what the OpenID provider of the settings calls them, or not any more. Throws AtomError
 * `not-found`, `usage`.
 */
export async function identifyUser(
  cli: Cli,
  name: string,
  { mark, remove, ...proof }: Proof & { readonly mark: Mark; readonly remove: boolean },
): Promise<void> {
  const config = await readConfig(cli.paths);
  const before = named(usersIn(config), name);
  const others = (before.identities ?? []).filter((one) => markWords(one) !== markWords(mark));
  if (!remove && !config.sso)
    throw new AtomError('usage', 'No OpenID provider is named that could vouch for anybody.', {
      next: [
        `Name it:   atom config set sso '{"issuer":"https://login.example.com","audience":"atom"}'`,
      ],
    });
  if (remove && others.length === (before.identities ?? []).length)
    throw new AtomError('not-found', `${name} is not known as ${visible(markWords(mark))}.`, {
      next: [`See as what:   atom users show ${name}`],
    });
  const wished = config.sso && !remove ? [...others, { ...config.sso, ...mark }] : others;
  const { identities: _, ...rest } = before;
  const changed: User = { ...rest, ...(wished.length === 0 ? {} : { identities: wished }) };
  await saveUsers(
    cli,
    usersIn(config).map((user) => (user.name === name ? changed : user)),
    proof,
  );
  tell(cli, changed);
  if (!remove) cli.out.hint('A device of theirs, once it brings a token:   atom devices pair');
}

/** Their accounts are what they were before they had a user; what was kept for them stays. */
export async function removeUser(cli: Cli, name: string, proof: Proof): Promise<void> {
  const users = await written(cli);
  const gone = named(users, name);
  await saveUsers(
    cli,
    users.filter((user) => user !== gone),
    proof,
  );
  if (cli.out.json) return cli.out.object({ removed: gone });
  cli.out.say(`Removed ${visible(userWords(gone))}`);
  cli.out.say('What was asked for them is denied, and no standing approval of theirs holds.');
  cli.out.hint(`What agents remember of them stays:   atom memory list --user ${name}`);
}

/** Has the gateway use the users as config.json has them now. */
export async function agreeUsers(cli: Cli, { totpStdin }: Proof): Promise<void> {
  const code = await userCode(cli, await written(cli), totpStdin);
  const used = await withGateway(cli, false, (gateway) => gateway.request('users.reload', code));
  if (cli.out.json) return cli.out.object(used);
  for (const user of used.users) cli.out.say(`In use: ${visible(userWords(user))}`);
}

const NEW: Omit<User, 'name'> = { role: 'member', senders: [], agents: [], jails: [], feed: 'own' };

const written = async ({ paths }: Cli): Promise<readonly User[]> =>
  usersIn(await readConfig(paths));

function named(users: readonly User[], name: string): User {
  const found = users.find((user) => user.name === name);
  if (found) return found;
  throw noSuchUser(name);
}

function tell({ out }: Cli, user: User): void {
  if (out.json) out.object({ user });
  else out.say(visible(userWords(user)));
}

const rowOf = (user: User): readonly string[] => {
  const { name, role, senders, agents, jails, feed } = user;
  const all = (names: readonly string[]): string =>
    isBounded(user) ? names.join(', ') || '–' : 'all';
  return [name, role, senders.join(', ') || '–', all(agents), all(jails), feed];
};
