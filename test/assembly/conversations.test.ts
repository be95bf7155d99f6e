import { expect, it } from 'vitest';
import { createConversations } from '../../src/assembly/conversations.ts';
import type { Store } from '../../src/domain/store.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { spoolEvent, takeEvent } from '../../src/store/tables/spool.ts';
import { goBackTo, removeTalks, startFresh } from '../../src/store/tables/talks.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { event } from '../sessions/session-stage.ts';
import { freshStore } from '../store/fresh.ts';

async function setConversations() {
  const { store } = await freshStore();
  const home = { channel: 'terminal', account: 'main', peer: 'main' };
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  const say = async (session: string, text: string) => {
    await ensureSession(store, { id: session, key: session, agent: 'atom', home, startedAt: 1 });
    await appendItem(store, {
      session,
      event: 'e',
      at: 1,
      labels: { integrity: 'owner', confidentiality: 'public' },
      item: { role: 'user', text, sender: 'x' },
    });
  };
  let rows = 0;
  const all: Store['all'] = async (query, ...params) => {
    const found = await store.all(query, ...params);
    rows += found.filter(({ seq }) => seq !== null).length;
    return found;
  };
  const conversations = createConversations({ ...store, all });
  const texts = async (session: string) =>
    (await conversations.read(session)).map(({ item }) => 'text' in item && item.text);
  return { store, say, texts, rows: () => rows };
}

it('of a conversation that was read before, only what is new is read', async () => {
  const { say, texts, rows } = await setConversations();
  for (const text of ['a', 'b', 'c']) await say('s', text);
  expect(await texts('s')).toEqual(['a', 'b', 'c']);
  await say('s', 'd');
  expect(await texts('s')).toEqual(['a', 'b', 'c', 'd']);
  expect(rows()).toBe(4);
});

it('whoever reads at the same time sees each word once, and after a fresh start none of before', async () => {
  const { store, say, texts } = await setConversations();
  await say('s', 'a');
  expect(await Promise.all([texts('s'), texts('s')])).toEqual([['a'], ['a']]);
  await say('s', 'b');
  expect(await Promise.all([texts('s'), texts('s')])).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
  await startFresh(store, 's', { now: 1 });
  await say('s', 'c');
  expect(await texts('s')).toEqual(['c']);
});

it('a fresh start leaves the words of a turn that has still to write them in the conversation before', async () => {
  const { store, say, texts } = await setConversations();
  await say('s', 'a');
  await startFresh(store, 's', { now: 1 });
  await store.tx((sql) => spoolEvent(sql, event('m1'), 's'));
  await store.tx((sql) => takeEvent(sql, 's'));
  // Nothing is written in the second conversation yet; its first turn has begun.
  await startFresh(store, 's', { now: 2 });
  await appendItem(store, {
    session: 's',
    talk: 2,
    event: 'm1',
    at: 3,
    labels: { integrity: 'owner', confidentiality: 'public' },
    item: { role: 'user', text: 'old', sender: 'x' },
  });
  expect(await texts('s')).toEqual([]);
  await say('s', 'new');
  expect(await texts('s')).toEqual(['new']);
});

it('each conversation is its own, however many there are', async () => {
  const { say, texts } = await setConversations();
  const sessions = Array.from({ length: 20 }, (_, n) => `s${n}`);
  for (const session of sessions) await say(session, `of ${session}`);
  for (let again = 0; again < 2; again++)
    for (const session of sessions) expect(await texts(session)).toEqual([`of ${session}`]);
});

it('a conversation that was removed is never told again, also where its number is given again', async () => {
  const { store, say, texts } = await setConversations();
  await say('s', 'first');
  await startFresh(store, 's', { now: 2 });
  await say('s', 'my secret');
  // Of another session, so that the newest row of all is not what is removed.
  await say('other', 'hello');
  expect(await texts('s')).toEqual(['my secret']);
  await goBackTo(store, 's', 1);
  await store.tx((sql) => removeTalks(sql, 's', { number: 2, now: 3 }));
  await startFresh(store, 's', { now: 4 });
  expect(await texts('s')).toEqual([]);
  await say('s', 'new');
  expect(await texts('s')).toEqual(['new']);
});

it('an earlier conversation that goes on is told as it was', async () => {
  const { store, say, texts } = await setConversations();
  await say('s', 'first');
  expect(await texts('s')).toEqual(['first']);
  await startFresh(store, 's', { now: 2 });
  await say('s', 'second');
  expect(await texts('s')).toEqual(['second']);
  await goBackTo(store, 's', 1);
  expect(await texts('s')).toEqual(['first']);
});
