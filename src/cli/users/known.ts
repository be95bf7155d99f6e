import { createUsers, type Users } from '../../assembly/users.ts';
import { loadConfig } from '../../config/load.ts';
import { usersIn } from '../../config/users-schema.ts';
import type { Sql } from '../../domain/store.ts';
import { noSuchUser } from '../../domain/user.ts';
import { ownedDevices } from '../../store/tables/devices.ts';
import type { Cli } from '../cli.ts';

/** The users of the settings, where no gateway is asked; `sql` knows which devices were let in as theirs. */
export async function settingsUsers(
  { paths, env }: Pick<Cli, 'paths' | 'env'>,
  sql?: Sql,
): Promise<Users> {
  const users = usersIn(await loadConfig(paths, env));
  return createUsers({ users, waiting: [], owned: sql ? await ownedDevices(sql) : [] });
}

/**
 * Where nothing of a user was found: throws AtomError `not-found` for a name that nobody has. Somebody who is a
 * user no more may have left something.
 */
export async function requireUser(cli: Cli, name: string | undefined): Promise<void> {
  if (name === undefined || (await settingsUsers(cli)).named(name)) return;
  throw noSuchUser(name);
}
