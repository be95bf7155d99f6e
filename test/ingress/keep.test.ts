import { expect, it } from 'vitest';
import type { InboundEvent } from '../../src/domain/event.ts';
import type { Sql, Store } from '../../src/domain/store.ts';
import { createBacklog } from '../../src/ingress/backlog.ts';
import { createKeep } from '../../src/ingress/keep.ts';
import { freshStore } from '../store/fresh.ts';

const eventOf = (id: string): InboundEvent => ({
  id,
  externalId: `x${id}`,
  at: 1,
  from: { channel: 'webhook', account: 'ci', peer: 'ci' },
  sender: { id: 'ci' },
  kind: 'message',
  text: 'hello',
  media: [],
  isGroup: false,
  mentionsMe: true,
});

const message = (id: string) => ({
  event: eventOf(id),
  session: 'webhook:dm:ci',
  role: 'member' as const,
});

/** Counts the pieces of work; `breaks` may throw before a statement is run. */
function watched(store: Store, breaks: (params: readonly unknown[]) => void = () => undefined) {
  let works = 0;
  const within = (sql: Sql): Sql => ({
    ...sql,
    run: async (query, ...params) => {
      breaks(params);
      return sql.run(query, ...params);
    },
  });
  const tx: Store['tx'] = (work) => {
    works += 1;
    return store.tx((sql) => work(within(sql)));
  };
  return { store: { ...store, tx }, works: () => works };
}

const keptIn = async (store: Store) =>
  (await store.all('SELECT id FROM spool ORDER BY seq')).map(({ id }) => id);

it('messages that come at the same time are kept by one piece of work, in their order, each once', async () => {
  const { store } = await freshStore();
  const seen = watched(store);
  const keep = createKeep({ store: seen.store, backlog: createBacklog(), wake: () => undefined });
  const kept = await Promise.all(['1', '2', '3', '2'].map((id) => keep(message(id))));
  expect(kept).toMatchObject([{ waiting: 1 }, { waiting: 2 }, { waiting: 3 }, 'known']);
  expect(seen.works()).toBe(1);
  expect(await keptIn(store)).toEqual(['1', '2', '3']);
  expect(await keep(message('4'))).toMatchObject({ waiting: 4 });
  expect(seen.works()).toBe(2);
});

it('one that cannot be kept takes none of the others along', async () => {
  const { store } = await freshStore();
  const seen = watched(store, (params) => {
    if (params.includes('2')) throw new Error('broken');
  });
  const keep = createKeep({ store: seen.store, backlog: createBacklog(), wake: () => undefined });
  const all = await Promise.allSettled(['1', '2', '3'].map((id) => keep(message(id))));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await keptIn(store)).toEqual(['1', '3']);
});

it('where there is room for no more, owners are told so and others keep theirs from coming in', async () => {
  const { store } = await freshStore();
  await store.run(`INSERT INTO lane(queue, lane, depth) VALUES('in', 'a', 99999)`);
  const keep = createKeep({ store, backlog: createBacklog(), wake: () => undefined });
  const [own, over, other] = await Promise.allSettled([
    keep({ ...message('1'), role: 'owner' }),
    keep({ ...message('2'), role: 'owner' }),
    keep(message('3')),
  ]);
  expect(own).toMatchObject({ status: 'fulfilled', value: { waiting: 1 } });
  expect(over).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
  expect(other).toMatchObject({ status: 'fulfilled', value: 'no room' });
  expect(await keptIn(store)).toEqual(['1']);
});

/** Each in a conversation of its own. */
const flood = (sender: string, account: string) =>
  Array.from({ length: 120 }, (_, n) => {
    const one = message(`${sender}-${n}`);
    const from = { ...one.event.from, account, thread: `${n}` };
    const event = { ...one.event, from, sender: { id: sender } };
    return { ...one, event, session: `slack:dm:ci:${n}` };
  });

it('somebody who begins a conversation with each message has one share in all of them', async () => {
  const { store } = await freshStore();
  const keep = createKeep({ store, backlog: createBacklog(), wake: () => undefined });
  const kept = await Promise.all(flood('42', 'me').map((one) => keep(one)));
  expect(kept.filter((one) => one === 'no room')).toHaveLength(20);
  const event = { ...eventOf('other'), sender: { id: 'other' } };
  expect(await keep({ ...message('other'), event })).toMatchObject({ waiting: 1 });
});

it('a program that the owner let in has a share in each conversation', async () => {
  const { store } = await freshStore();
  const keep = createKeep({ store, backlog: createBacklog(), wake: () => undefined });
  const posts = flood('ci', 'ci').map((one) => keep({ ...one, role: 'guest' }));
  expect(await Promise.all(posts)).not.toContain('no room');
});

it('what was kept by work that seemed to break is looked at all the same', async () => {
  const { store } = await freshStore();
  let works = 0;
  const tx: Store['tx'] = async (work) => {
    const done = await store.tx(work);
    works += 1;
    if (works === 1) throw new Error('nobody knows whether that stands');
    return done;
  };
  let woken = 0;
  const wake = (): void => {
    woken += 1;
  };
  const keep = createKeep({ store: { ...store, tx }, backlog: createBacklog(), wake });
  expect(await keep(message('1'))).toBe('known');
  expect(woken).toBe(1);
  expect(await keep(message('1'))).toBe('known');
  expect(woken).toBe(1);
});
