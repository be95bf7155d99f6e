import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { checkConfig } from '../../config/check.ts';
import { type RawConfig, readRaw, writeRaw } from '../../config/file.ts';
import { usersIn } from '../../config/users-schema.ts';
import { markOf } from '../../domain/identity.ts';
import type { User } from '../../domain/user.ts';
import { sameUser, userWidening, widenedUsers } from '../../domain/user-widening.ts';
import { askCode } from '../ask/code.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { isEnrolled } from '../second-factor/offline.ts';

/**
 * Writes the users to the configuration file and has a gateway that runs use them. Who may do more needs a code
 * where there is a second factor, and so a gateway that checks it. What is refused changes nothing.
 */
export async function saveUsers(
  cli: Cli,
  users: readonly User[],
  { totpStdin }: { readonly totpStdin: boolean },
): Promise<void> {
  const before = (await readRaw(cli.paths)) ?? {};
  const next = { ...before, users: written(users) };
  const checked = checkConfig(next);
  if (!checked.ok)
    throw new AtomError('usage', checked.problems.map(({ message }) => message).join('; '), {
      next: ['See what can be said:   atom help users'],
    });
  if ((await whoRuns(cli)) === undefined) {
    await refuseWidenedUsers(cli, before, next);
    return await writeRaw(cli.paths, next);
  }
  const code = await userCode(cli, users, totpStdin);
  await writeRaw(cli.paths, next);
  try {
    await withGateway(cli, false, (gateway) => gateway.request('users.reload', code));
  } catch (refused) {
    await writeRaw(cli.paths, before);
    throw refused;
  }
}

/** Refuses to let a user do more where there is a second factor: only a gateway checks a code. AtomError `credentials`. */
export async function refuseWidenedUsers(
  cli: Cli,
  before: RawConfig,
  next: RawConfig,
): Promise<void> {
  if (widenedUsers(usersOf(before), usersOf(next)).length === 0 || !(await isEnrolled(cli))) return;
  throw new AtomError(
    'credentials',
    'Letting a user do more needs a code of the second factor, which a running gateway checks.',
    { next: ['Start atom first, where it does not run:   atom start', 'Then:   atom users agree'] },
  );
}

/** A code, where these users need one, after it was said what for. What the gateway uses counts. */
export async function userCode(
  cli: Cli,
  next: readonly User[],
  totpStdin: boolean,
): Promise<{ readonly code?: string }> {
  const [{ users: known }, { enrolled }] = await withGateway(cli, false, async (gateway) => [
    await gateway.request('users.list', {}),
    await gateway.request('factor.status', {}),
  ]);
  const more = widenedUsers(known, next);
  if (!enrolled || more.length === 0) return {};
  for (const user of more)
    cli.out.say(`This lets ${user.name} ${userWidening(sameUser(known, user), user).join(', ')}.`);
  return { code: await askCode(cli, totpStdin) };
}

/** The users that a file names, whatever else is wrong with it; none where they make no sense. */
function usersOf({ jails = [], users = {}, sso }: RawConfig): readonly User[] {
  const vouched = sso === undefined ? {} : { sso };
  const checked = checkConfig({ version: 1, edition: 'enterprise', jails, users, ...vouched });
  return checked.ok ? usersIn(checked.config) : [];
}

const written = (users: readonly User[]): Json =>
  Object.fromEntries(
    users.map(({ name, identities, ...rest }) => [
      name,
      identities ? { ...rest, identities: identities.map(markOf) } : rest,
    ]),
  ) as unknown as Json;
