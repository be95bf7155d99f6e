import { expect, it } from 'vitest';
import { createConversations } from '../../src/assembly/conversations.ts';
import { transcriptOf } from '../../src/assembly/turn-transcript.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { conversation } from '../../src/store/tables/transcript.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

async function setTranscript() {
  const { store } = await freshStore();
  const home = { channel: 'terminal', account: 'main', peer: 'main' };
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  const fresh = { id: 's', key: 's', agent: 'atom', home, startedAt: 1 };
  const session = await ensureSession(store, fresh);
  const conversations = createConversations(store);
  const lease = { mine: true };
  const draft = conversations.draft(session);
  const door = transcriptOf(
    { store, conversations, clock: heldClock(1) },
    { session, stillMine: async () => lease.mine, draft },
  );
  const said = (text: string) => ({
    session: 's',
    event: 'e',
    labels: { integrity: 'untrusted', confidentiality: 'private' } as const,
    item: { role: 'note', text } as const,
  });
  const texts = (entries: Awaited<ReturnType<typeof door.load>>) =>
    entries.map(({ item }) => 'text' in item && item.text);
  return {
    store,
    conversations,
    session,
    lease,
    draft,
    door,
    said,
    read: async () => texts(await door.load('s')),
    written: async () => texts(await conversation(store, 's')),
  };
}

it('what is said for later is seen at once, and written before what is said next', async () => {
  const { door, said, read, written } = await setTranscript();
  await door.later?.(said('first'));
  await door.later?.(said('second'));
  expect([await read(), await written()]).toEqual([['first', 'second'], []]);
  await door.append(said('third'));
  expect(await written()).toEqual(['first', 'second', 'third']);
  expect(await read()).toEqual(['first', 'second', 'third']);
});

it('what governs an action sees the label of what is yet to be written', async () => {
  const { conversations, door, said } = await setTranscript();
  await door.later?.(said('words of a stranger'));
  const seen = await conversations.read('s');
  expect(seen.map(({ labels }) => labels.integrity)).toEqual(['untrusted']);
});

it('what did not come to stand is left, and written once with what does', async () => {
  const { store, draft, door, said, read, written } = await setTranscript();
  await door.later?.(said('words'));
  const fails = store.tx(async (sql) => {
    await draft.put(sql);
    throw new Error('the disk failed');
  });
  await expect(fails).rejects.toThrow('the disk failed');
  expect([draft.left(), await read(), await written()]).toEqual([true, ['words'], []]);
  await store.tx(draft.put);
  draft.stands();
  expect([draft.left(), await read(), await written()]).toEqual([false, ['words'], ['words']]);
});

it('nothing is written where the turn is another’s by now', async () => {
  const { lease, draft, door, said, written } = await setTranscript();
  await door.later?.(said('words'));
  lease.mine = false;
  await expect(door.append(said('more'))).rejects.toThrow('The lease ran out');
  expect([draft.left(), await written()]).toEqual([true, []]);
});

it('a result goes with the end of its run only where nothing before it is left', async () => {
  const { store, draft, door, said, written } = await setTranscript();
  await door.later?.(said('plan'));
  expect(await store.tx(async (sql) => door.appendIn?.(sql, said('result')))).toBe(false);
  expect(await written()).toEqual([]);
  await store.tx(draft.put);
  draft.stands();
  expect(await store.tx(async (sql) => door.appendIn?.(sql, said('result')))).toBe(true);
  expect(await written()).toEqual(['plan', 'result']);
});

it('of a turn that is over nothing is seen, nor of one whose place another has taken', async () => {
  const { conversations, session, draft, door, said, read } = await setTranscript();
  await door.later?.(said('of the first'));
  const next = conversations.draft(session);
  expect(await read()).toEqual([]);
  next.say({ ...said('of the next'), at: 1 });
  draft.drop();
  expect(await read()).toEqual(['of the next']);
  next.drop();
  expect(await read()).toEqual([]);
});
