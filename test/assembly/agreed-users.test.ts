import { beforeEach, expect, it } from 'vitest';
import { agreedUsers } from '../../src/assembly/agreed-users.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import type { Config } from '../../src/config/schema.ts';
import { grantable } from '../../src/domain/caller.ts';
import type { Store } from '../../src/domain/store.ts';
import type { User } from '../../src/domain/user.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { allDevices, insertDevice } from '../../src/store/tables/devices.ts';
import { freshStore } from '../store/fresh.ts';

const dana: User = {
  ...{ name: 'dana', role: 'guest', senders: ['telegram:42'], feed: 'own' },
  ...{ agents: ['dana'], jails: ['of-dana'] },
};

let store: Store;
let said: string[];
beforeEach(async () => {
  store = (await freshStore()).store;
  said = [];
});

/** Starts with the users of a file, as a gateway does. */
function start(users: readonly User[], enrolled: boolean) {
  const log = createLog(({ level, text }) => said.push(`${level} ${text}`));
  const config = { users: Object.fromEntries(users.map(({ name, ...rest }) => [name, rest])) };
  const factor = { enrolled: async () => enrolled };
  const options = { config: config as unknown as Config, log, clock: systemClock };
  return agreedUsers(options, { store, audit: createAudit(systemClock), factor });
}
const recorded = async () => (await newestEntries(store, { limit: 10 })).map(({ kind }) => kind);

it('nobody leaves nothing on record, and without a second factor whoever is named is there', async () => {
  expect(await start([], false)).toEqual({ users: [], waiting: [] });
  expect(await recorded()).toEqual([]);
  expect(await start([dana], false)).toEqual({ users: [dana], waiting: [] });
  expect(await start([dana], true)).toEqual({ users: [dana], waiting: [] });
  expect(await recorded()).toEqual(['users.changed']);
});

it('where there is a second factor, nobody is let in or given more by a file that was edited', async () => {
  expect(await start([dana], true)).toEqual({ users: [], waiting: [dana] });
  await start([dana], false);
  const more: readonly Partial<User>[] = [
    { role: 'member' },
    { senders: ['telegram:42', 'telegram:7'] },
    { agents: ['dana', 'atom'] },
    { jails: ['of-dana', 'work'] },
    { role: 'owner', agents: [], jails: [] },
  ];
  for (const one of more)
    expect(await start([{ ...dana, ...one }], true)).toEqual({
      ...{ users: [dana], waiting: [{ ...dana, ...one }] },
    });
  expect(said.at(-1)).toMatch(
    /^warn .*user dana .*be owner, use every agent and jail.*atom users agree/,
  );
});

it('who may do less does so at once, and is not given it back by another edit', async () => {
  await start([dana], false);
  const less: User = { ...dana, jails: [] };
  expect(await start([less], true)).toEqual({ users: [less], waiting: [] });
  expect(await start([dana], true)).toEqual({ users: [less], waiting: [dana] });
  expect(await start([], true)).toEqual({ users: [], waiting: [] });
});

it('a device that is no user’s any more holds no key: it never becomes the owner’s', async () => {
  const added = { kind: 'device', scopes: grantable, addedAt: 1 } as const;
  const ids = await Promise.all(
    ['pad', 'watch'].map((name) => insertDevice(store, { ...added, name, keyHash: name })),
  );
  await start([{ ...dana, senders: ids.map((id) => `device:${id}`) }], false);
  await start([{ ...dana, senders: [`device:${ids[0]}`] }], true);
  const revoked = (await allDevices(store)).map(({ revokedAt }) => revokedAt !== undefined);
  expect(revoked).toEqual([false, true]);
});
