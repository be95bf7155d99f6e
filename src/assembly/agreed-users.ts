import { digestOf } from '../base/digest.ts';
import type { Json } from '../base/json.ts';
import { usersIn } from '../config/users-schema.ts';
import type { Decider } from '../domain/approval.ts';
import { lostDevices, type OwnedDevice, withDevices } from '../domain/owned-device.ts';
import type { Sql, Store } from '../domain/store.ts';
import { askersOf, devicesLost, type User } from '../domain/user.ts';
import { commonUser, sameUser, userWidening, widenedUsers } from '../domain/user-widening.ts';
import type { Audit } from '../governance/audit/append.ts';
import { voidAllOf } from '../governance/people/tighten.ts';
import type { SecondFactor } from '../governance/second-factor/second-factor.ts';
import { lastingEntry } from '../store/tables/audit.ts';
import { ownedDevices, revokeDevice } from '../store/tables/devices.ts';
import type { AtomOptions } from './parts.ts';
import { createUsers, type Users } from './users.ts';

/**
 * Which of the configuration's users there are. Where there is a second factor, one who may do more than the
 * record says was agreed to may do what was agreed to, or is not there at all; what was narrowed holds at once,
 * and a device that is no user's any more holds no key. Says so in the log and in the record.
 */
export async function agreedUsers(
  { config, log, clock }: Pick<AtomOptions, 'config' | 'log' | 'clock'>,
  records: {
    readonly store: Store;
    readonly audit: Audit;
    readonly factor: Pick<SecondFactor, 'enrolled'>;
  },
): Promise<{ readonly users: readonly User[]; readonly waiting: readonly User[] }> {
  const { store, audit } = records;
  const named = usersIn(config);
  const noted = await lastNoted(store);
  const more = widenedUsers(noted, named);
  const waiting = more.length > 0 && (await records.factor.enrolled()) ? more : [];
  const users = named.flatMap((user) =>
    waiting.includes(user) ? (commonUser(sameUser(noted, user), user) ?? []) : [user],
  );
  const isNew = digestOf(asJson(noted)) !== digestOf(asJson(users));
  if (isNew || waiting.length > 0)
    await store.tx(async (sql) => {
      if (isNew) await noteUsers(audit, sql, users);
      await takeBack({ audit, sql, now: clock.now() }, { noted, users });
      if (waiting.length > 0) await audit(sql, 'users.refused', { users: asJson(waiting) });
    });
  for (const user of waiting) log.part('users').warn(waitingWords(noted, user));
  return { users, waiting };
}

/** The users that there are, with the devices that were let in as theirs. */
export async function openUsers(
  options: Parameters<typeof agreedUsers>[0],
  records: Parameters<typeof agreedUsers>[1],
): Promise<Users> {
  const agreed = await agreedUsers(options, records);
  return createUsers({ ...agreed, owned: await ownedDevices(records.store) });
}

/** A device that is no user's any more holds no key, and nothing stands for whoever may do less. */
async function takeBack(
  { audit, sql, now }: { readonly audit: Audit; readonly sql: Sql; readonly now: number },
  { noted, users }: { readonly noted: readonly User[]; readonly users: readonly User[] },
): Promise<void> {
  const owned = await ownedDevices(sql);
  const [before, after] = [withDevices(noted, owned), withDevices(users, owned)];
  for (const device of devicesNotTheirs({ before, after: users, owned }))
    if (await revokeDevice(sql, device, now))
      await audit(sql, 'device.revoked', { device, because: 'its user has it no more' });
  for (const asker of widenedUsers(after, before).flatMap(askersOf))
    await voidAllOf({ audit, sql }, asker, { by: SETTINGS, at: now });
}

/**
 * Ids of devices that were some user's, and would be the owner's or are not vouched for any more, once the users are
 * those that the settings name in `after`. `before` has the devices among the senders already.
 */
export const devicesNotTheirs = ({
  before,
  after,
  owned,
}: {
  readonly before: readonly User[];
  readonly after: readonly User[];
  readonly owned: readonly OwnedDevice[];
}): ReadonlySet<string> =>
  new Set([...devicesLost(before, withDevices(after, owned)), ...lostDevices(after, owned)]);

/** Whoever edits the file is the owner, as far as taking something away goes. */
const SETTINGS: Decider = { surface: 'terminal', id: 'owner' };

/** Puts on record that it is these who were agreed to. */
export const noteUsers = (audit: Audit, sql: Sql, users: readonly User[]): Promise<unknown> =>
  audit(sql, 'users.changed', { users: asJson(users) });

/** What a user who waits would get, and how to agree. */
const waitingWords = (known: readonly User[], user: User): string =>
  `The settings let the user ${user.name} do more than you agreed to (${userWidening(sameUser(known, user), user).join(', ')}), so it is not so: to agree: atom users agree`;

const asJson = (users: readonly User[]): Json => users as unknown as Json;

/** Whom the record says there are. */
async function lastNoted(store: Store): Promise<readonly User[]> {
  const entry = await lastingEntry(store, 'users.changed');
  return (entry?.body as { readonly users?: readonly User[] } | undefined)?.users ?? [];
}
