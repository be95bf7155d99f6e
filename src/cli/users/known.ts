import { createUsers, type Users } from '../../assembly/users.ts';
import { loadConfig } from '../../config/load.ts';
import { usersIn } from '../../config/users-schema.ts';
import type { Cli } from '../cli.ts';

/** The users of the settings, where no gateway is asked. */
export async function settingsUsers({ paths, env }: Pick<Cli, 'paths' | 'env'>): Promise<Users> {
  return createUsers({ users: usersIn((await loadConfig(paths, env)).users), waiting: [] });
}
