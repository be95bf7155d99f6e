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
import { insertStanding, standingAt } from '../../src/store/tables/standing.ts';
import { freshStore } from '../store/fresh.ts';

const dana: User = {
  name: 'dana',
  role: 'guest',
  senders: ['telegram:42'],
  feed: 'own',
  agents: ['dana'],
  jails: ['of-dana'],
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
    { feed: 'shared' },
    { role: 'owner', agents: [], jails: [] },
  ];
  for (const one of more)
    expect(await start([{ ...dana, ...one }], true)).toEqual({
      users: [dana],
      waiting: [{ ...dana, ...one }],
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

it('of what is more and less at once, the less holds', async () => {
  await start([{ ...dana, agents: ['dana', 'atom'] }], false);
  const mixed: User = { ...dana, role: 'member', jails: ['work'] };
  const [less] = (await start([mixed], true)).users;
  expect(less).toEqual({ ...dana, jails: [] });
  expect((await start([{ ...mixed, agents: ['other'] }], true)).users).toEqual([]);
});

it('an owner who is to be less is less at once', async () => {
  await start([{ ...dana, role: 'owner', agents: [], jails: [] }], false);
  expect(await start([dana], true)).toEqual({ users: [dana], waiting: [] });
});

it('what stood for somebody stands no longer once they may do less, also while atom was stopped', async () => {
  await start([dana], false);
  const stands = async () => (await standingAt(store, 1)).length;
  await insertStanding(store, {
    id: 's-1',
    agent: 'dana',
    action: 'shell.exec',
    jail: 'of-dana',
    access: '',
    folder: '/work',
    sender: 'telegram/42',
    program: 'touch',
    words: ['touch'],
    extent: 'exact',
    by: 'terminal/owner',
    createdAt: 1,
    expiresAt: 2,
    uses: 0,
  });
  await start([dana], false);
  expect(await stands()).toBe(1);
  await start([{ ...dana, jails: [] }], false);
  expect(await stands()).toBe(0);
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
