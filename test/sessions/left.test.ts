import { expect, it } from 'vitest';
import { bringBack } from '../../src/errands/wake.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { insertPost } from '../../src/store/tables/feed.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { entriesOfTalk, removeTalks, startFresh } from '../../src/store/tables/talks.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { call, reply } from '../agent/stage.ts';
import { freshStore } from '../store/fresh.ts';
import { LANE, setSession } from './session-stage.ts';

const write = call('w', 'file_write', { path: 'a.txt', content: 'x' });

async function open(tick: () => Promise<void> = async () => undefined) {
  const stage = await setSession({
    plan: async ({ step }) => (step === 0 ? write : reply('written')),
    tick: () => tick(),
  });
  const idOf = async (): Promise<string> =>
    String((await stage.store.get('SELECT id FROM session'))?.id);
  /** As `/new` does. */
  const leave = async (): Promise<void> => {
    stage.running.stop(LANE);
    const session = await idOf();
    await stage.store.tx((sql) => startFresh(sql, session, { now: 2 }));
  };
  const rolesIn = async (number: number): Promise<readonly string[]> =>
    (await entriesOfTalk(stage.store, { session: await idOf(), number, limit: 9 })).map(
      ({ item }) => item.role,
    );
  return { ...stage, idOf, leave, rolesIn };
}

it('what a turn still says after a fresh start stays in the conversation that it began in', async () => {
  let ticks = 0;
  // While its command runs.
  const stage = await open(async () => void (++ticks === 5 && (await stage.leave())));
  await stage.say('m1');
  await stage.drain();
  expect([await stage.rolesIn(1), await stage.rolesIn(2)]).toEqual([
    ['user', 'assistant', 'tool', 'note'],
    [],
  ]);
  expect(await stage.replies()).toEqual(['Stopped.']);
  await stage.say('m2');
  await stage.drain();
  expect(await stage.rolesIn(2)).toEqual(['user', 'assistant', 'tool', 'assistant']);
});

it('a message whose turn a crash cut off is not begun anew in another conversation', async () => {
  let ticks = Number.NEGATIVE_INFINITY;
  const stage = await open(async () => {
    if (++ticks === 4) throw new Error('a crash');
  });
  await stage.say('m0');
  await stage.drain();
  ticks = 0;
  await stage.say('m1');
  await stage.step();
  await stage.leave();
  await stage.drain();
  expect(await stage.replies()).toEqual(['written', 'Stopped.']);
  expect([await stage.rolesIn(1), await stage.rolesIn(2)]).toEqual([
    ['user', 'assistant', 'tool', 'assistant', 'note'],
    [],
  ]);
  expect(stage.world.done).toHaveLength(1);
});

it('an answer in the feed is told where its question was asked, and nowhere once that was removed', async () => {
  const { store } = await freshStore();
  const home = { channel: 'agent', account: 'main', peer: 'ping' };
  const labels = { integrity: 'local', confidentiality: 'public' } as const;
  await ensureAgent(store, { id: 'ping', name: 'ping', maturity: 'intern' });
  const { id: session } = await ensureSession(store, {
    id: 's',
    key: 'agent:ping:main',
    agent: 'ping',
    home,
    startedAt: 1,
  });
  const post = (id: string, author: string, more: object = {}) =>
    insertPost(store, {
      id,
      author,
      by: 'agent',
      kind: 'question',
      text: 'what is it?',
      at: 1,
      mentions: [],
      labels,
      ...more,
    });
  const note = { role: 'note', text: 'asked' } as const;
  await appendItem(store, { session, event: 'e', labels, item: note, at: 1 });
  const question = await post('p1', 'ping', { session });
  await startFresh(store, session, { now: 2 });
  const answer = await post('p2', 'pong', { replyTo: question?.seq });
  if (answer) await bringBack(store, answer);
  const notesIn = async (number: number) =>
    (await entriesOfTalk(store, { session, number, limit: 9 })).length;
  expect([await notesIn(1), await notesIn(2)]).toEqual([2, 0]);
  await removeTalks(store, session, { number: 1, now: 3 });
  const late = await post('p3', 'pang', { replyTo: question?.seq });
  if (late) await bringBack(store, late);
  expect(
    (await store.all('SELECT 1 AS one FROM transcript WHERE item LIKE $1', '%pang%')).length,
  ).toBe(0);
});
