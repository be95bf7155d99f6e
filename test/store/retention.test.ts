import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import { forgetOld } from '../../src/store/retention.ts';
import { rememberBygone } from '../../src/store/tables/bygone.ts';
import { addReaction, insertPost, newestPosts } from '../../src/store/tables/feed.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { freshStore } from './fresh.ts';

const signal = new AbortController().signal;
const keep = { bygoneUntil: () => undefined, mostBygone: 9999, now: 50 };

test('what was dealt with long ago is forgotten, what waits or is in doubt is not', async () => {
  const { store } = await freshStore();
  const spool = (id: string, state: string, at: number) =>
    store.run(
      `INSERT INTO spool(id, channel, account, external_id, lane, body, state, at)
       VALUES($1, 'c', 'a', $1, 'l', '{}', $2, $3)`,
      id,
      state,
      at,
    );
  const outbox = (id: string, state: string, at: number) =>
    store.run(
      `INSERT INTO outbox(id, lane, body, state, at) VALUES($1, 'l', '{}', $2, $3)`,
      id,
      state,
      at,
    );
  for (let i = 0; i < 1200; i++) await spool(`old${i}`, i % 2 ? 'handled' : 'dropped', 1);
  for (const state of ['waiting', 'dead']) await spool(state, state, 1);
  await spool('new', 'handled', 100);
  for (const state of ['sent', 'failed', 'expired', 'queued', 'uncertain', 'sending'])
    await outbox(state, state, 1);
  expect(
    await forgetOld(store, { messagesSince: 50, runsSince: 50, feedSince: 50, ...keep }, signal),
  ).toBe(1203);
  const ids = async (table: string) =>
    (await store.all(`SELECT id FROM ${table} ORDER BY id`)).map(({ id }) => id);
  expect(await ids('spool')).toEqual(['dead', 'new', 'waiting']);
  expect(await ids('outbox')).toEqual(['queued', 'sending', 'uncertain']);
});

test('runs and questions are kept for as long as they count', async () => {
  const { store } = await freshStore();
  for (const [id, state, at] of [
    ['a', 'done', 10],
    ['b', 'failed', 60],
    ['c', 'uncertain', 10],
    ['d', 'begun', 10],
  ] as const)
    await store.run(
      `INSERT INTO run(id, digest, action, boot, state, begun_at) VALUES($1, '', 'x', '', $2, $3)`,
      id,
      state,
      at,
    );
  await forgetOld(store, { messagesSince: 100, runsSince: 50, feedSince: 50, ...keep }, signal);
  expect((await store.all('SELECT id FROM run ORDER BY id')).map(({ id }) => id)).toEqual([
    ...['b', 'c', 'd'],
  ]);
});

test('posts go with the signs that were given to them, all but the newest', async () => {
  const { store } = await freshStore();
  const labels = { integrity: 'local', confidentiality: 'private' } as const;
  await store.tx(async (sql) => {
    for (const [id, at] of [
      ['a', 10],
      ['b', 60],
      ['c', 10],
    ] as const)
      await insertPost(sql, {
        id,
        author: 'x',
        by: 'agent',
        kind: 'status',
        text: id,
        at,
        mentions: [],
        labels,
      });
    for (const post of [1, 2]) await addReaction(sql, { post, who: 'owner', mark: '👍', at: 10 });
  });
  await forgetOld(store, { messagesSince: 100, runsSince: 50, feedSince: 50, ...keep }, signal);
  expect((await newestPosts(store, 9)).map(({ id, reactions }) => [id, reactions.length])).toEqual([
    ['c', 0],
    ['b', 1],
  ]);
  expect(await store.all('SELECT post FROM reaction')).toEqual([{ post: 2 }]);
});

/** Takes in two messages of a channel, and forgets the first one. */
async function forgotten(channel: string, until: number | undefined) {
  const { store } = await freshStore();
  const sms = (externalId: string, account = 'a'): InboundEvent => ({
    id: newId(),
    externalId,
    from: { channel, account, peer: '1' },
    at: 1,
    sender: { id: '1' },
    kind: 'message',
    text: 'hello',
    media: [],
    isGroup: false,
    mentionsMe: true,
  });
  const take = (event: InboundEvent) => store.tx((sql) => spoolEvent(sql, event, 'l'));
  for (const id of ['SM1', 'SM2']) expect(await take(sms(id))).toBe(true);
  await store.run(`UPDATE spool SET state = 'handled'`);
  const days = { messagesSince: 50, runsSince: 50, feedSince: 50, mostBygone: 9 };
  const again = { ...days, bygoneUntil: () => until };
  await forgetOld(store, { ...again, now: 50 }, signal);
  expect(await store.all('SELECT external_id FROM spool')).toEqual([{ external_id: 'SM2' }]);
  const kept = await store.all('SELECT event FROM bygone');
  expect(kept).toEqual([{ event: expect.stringMatching(/^[0-9a-f]{24}$/) }]);
  expect(await take(sms('SM1'))).toBe(false);
  expect(await take(sms('SM1', 'b'))).toBe(true);
  return {
    isNewAt: async (now: number): Promise<boolean> => {
      await forgetOld(store, { ...again, now }, signal);
      return take(sms('SM1'));
    },
  };
}

test('an event that was forgotten is never new again where its signature holds no time', async () => {
  const { isNewAt } = await forgotten('sms', undefined);
  expect(await isNewAt(Number.MAX_SAFE_INTEGER)).toBe(false);
});

test('that an event of another channel came in is remembered as long as it may be brought again', async () => {
  const { isNewAt } = await forgotten('telegram', 1000);
  expect([await isNewAt(1000), await isNewAt(1001)]).toEqual([false, true]);
});

test('of what is remembered without an end, the newest of each account stay', async () => {
  const { store } = await freshStore();
  const names = (account: string, many: number) =>
    Array.from({ length: many }, (_, n) => ({ channel: 'sms', account, externalId: `SM${n}` }));
  for (const [account, many] of [
    ['busy', 5],
    ['quiet', 2],
  ] as const)
    for (const [at, name] of names(account, many).entries())
      await rememberBygone(store, [name], { at, until: () => undefined });
  await rememberBygone(store, names('dated', 4), { at: 1, until: () => 60 });
  const few = { messagesSince: 50, runsSince: 50, feedSince: 50, ...keep, mostBygone: 3 };
  await forgetOld(store, few, signal);
  const left = await store.all(
    'SELECT account, min(seen) AS oldest, count(*) AS many FROM bygone GROUP BY account',
  );
  expect(left).toEqual([
    { account: 'sms:busy', oldest: 2, many: 3 },
    { account: 'sms:dated', oldest: 1, many: 4 },
    { account: 'sms:quiet', oldest: 0, many: 2 },
  ]);
});
