import { expect, it } from 'vitest';
import type { Offer } from '../../../src/domain/standing-approval.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import { growTree } from '../../../src/governance/audit/tree.ts';
import { voidAllOf } from '../../../src/governance/people/tighten.ts';
import {
  standingOnRecord,
  takeOutUnknown,
  unknownStanding,
} from '../../../src/governance/standing/on-record.ts';
import { createStanding } from '../../../src/governance/standing/standing.ts';
import { newestEntries } from '../../../src/store/tables/audit.ts';
import { freshStore, heldClock } from '../../store/fresh.ts';

const offer: Offer = {
  agent: 'atom',
  action: 'shell.exec',
  jail: 'work',
  access: 'work (read-write, no network)',
  folder: '/work',
  sender: 'telegram/42',
  program: '/usr/bin/git',
  words: ['git', 'push', '-p', 'hunter2-of-the-owner'],
  extent: 'exact',
};

async function setRecord() {
  const { store } = await freshStore();
  const clock = heldClock();
  await growTree(store);
  const audit = createAudit(clock);
  const standing = createStanding({ store, clock, audit });
  return {
    store,
    audit,
    standing,
    give: async () => (await standing.give(offer, { lifetimeMs: 1000, by: 'terminal/owner' })).id,
    unknown: async () => (await unknownStanding(store)).map(({ id }) => id),
    anchor: async () => {
      const known = Object.fromEntries(await standingOnRecord(store));
      await store.tx((sql) => audit(sql, 'gateway.stopped', { boot: 'b', standing: known }));
    },
    copy: (id: string, as: string) =>
      store.run(
        `INSERT INTO standing SELECT $1, agent, action, jail, access, folder, sender, program, words, extent,
           given_by, created_at, expires_at, last_used_at, uses FROM standing WHERE id = $2`,
        as,
        id,
      ),
  };
}

it('what was given is known, also once it was used', async () => {
  const { store, standing, give, unknown } = await setRecord();
  const id = await give();
  await store.tx((sql) => standing.use(sql, id));
  expect(await unknown()).toEqual([]);
});

it.each([
  ...['agent', 'action', 'jail', 'access', 'folder', 'sender', 'program', 'extent', 'given_by'],
  ...['words', 'created_at', 'expires_at'],
])(
  'one whose %s was changed is unknown, before and after a gateway wrote all down',
  async (column) => {
    const { store, give, unknown, anchor } = await setRecord();
    const id = await give();
    const put = (to: string | number | null | undefined) =>
      store.run(`UPDATE standing SET ${column} = $1`, to ?? null);
    const was = (await store.get(`SELECT ${column} AS was FROM standing`))?.was;
    const changed = column.endsWith('_at') ? Number(was) + 1 : 'prefix';
    await put(changed);
    expect(await unknown()).toEqual([id]);
    await put(was as string | number);
    await anchor();
    expect(await unknown()).toEqual([]);
    await put(changed);
    expect(await unknown()).toEqual([id]);
    await anchor();
    expect(await unknown()).toEqual([id]);
  },
);

it('one that was written into the database, taken back, or put back as it was is unknown', async () => {
  const { store, audit, standing, give, unknown, copy } = await setRecord();
  const id = await give();
  await copy(id, 's-new');
  expect(await unknown()).toEqual(['s-new']);
  await copy(id, 'kept');
  await standing.revoke(id);
  await store.run("UPDATE standing SET id = $1 WHERE id = 'kept'", id);
  expect((await unknown()).toSorted()).toEqual([id, 's-new'].toSorted());
  const again = await give();
  await copy(again, 'kept');
  const who = { channel: 'telegram', id: '42' };
  const by = { surface: 'terminal', id: 'owner' };
  await store.tx((sql) => voidAllOf({ audit, sql }, who, { by, at: 1 }));
  expect(await store.all('SELECT id FROM standing')).toEqual([]);
});

it('what a gateway wrote down holds without the entries before it, and what it did not is unknown', async () => {
  const { store, give, unknown, anchor, copy } = await setRecord();
  const id = await give();
  await copy(id, 's-new');
  await anchor();
  await store.run("DELETE FROM audit WHERE kind = 'standing.given'");
  expect(await unknown()).toEqual(['s-new']);
  const later = await give();
  expect(await unknown()).not.toContain(later);
});

it('an entry of an earlier version, which has no digest, is compared by what it says', async () => {
  const { store, give, unknown } = await setRecord();
  const id = await give();
  await store.run("UPDATE audit SET body = json_remove(body, '$.digest')");
  expect(await unknown()).toEqual([]);
  await store.run("UPDATE standing SET extent = 'prefix'");
  expect(await unknown()).toEqual([id]);
});

it('an entry of an earlier version is known also where the record leaves a secret out', async () => {
  const { store, standing, unknown, anchor } = await setRecord();
  const words = ['git', 'push', 'https://me:hunter2secret@git.example/x', '--token', 'abcdef'];
  const { id } = await standing.give(
    { ...offer, words },
    { lifetimeMs: 1000, by: 'terminal/owner' },
  );
  await store.run("UPDATE audit SET body = json_remove(body, '$.digest')");
  const [entry] = await newestEntries(store, { limit: 1, kind: 'standing.given' });
  expect(JSON.stringify(entry)).not.toContain('hunter2secret');
  expect(await unknown()).toEqual([]);
  await anchor();
  expect(await unknown()).toEqual([]);
  await store.run("UPDATE standing SET extent = 'prefix'");
  expect(await unknown()).toEqual([id]);
});

it('each that is unknown is taken out on the record, whatever is in its row, and told in one sentence', async () => {
  const { store, audit, give, unknown, copy } = await setRecord();
  const id = await give();
  await copy(id, 's-\u001b[2J');
  for (const at of [1, 2, 3]) await copy(id, `s-${at}`);
  await store.run("UPDATE standing SET words = '{' WHERE id = 's-1'");
  const told = await store.tx((sql) => takeOutUnknown(audit, sql));
  expect(told).toContain('s-1 (/usr/bin/git)');
  expect(told).toContain('1 more');
  expect(told).not.toContain('\u001b');
  expect(await unknown()).toEqual([]);
  expect(await store.all('SELECT id FROM standing')).toEqual([{ id }]);
  const entries = await newestEntries(store, { limit: 9, kind: 'standing.revoked' });
  expect(entries).toHaveLength(4);
  expect(await store.tx((sql) => takeOutUnknown(audit, sql))).toBeUndefined();
});
