import { describe, expect, it } from 'vitest';
import type { InboundEvent } from '../../src/domain/event.ts';
import { cleanLabels, worstLabels } from '../../src/domain/label.ts';
import type { Store } from '../../src/domain/store.ts';
import { agentById, ensureAgent } from '../../src/store/tables/agents.ts';
import { cardCopies } from '../../src/store/tables/card-copies.ts';
import { claimLane } from '../../src/store/tables/lanes.ts';
import {
  doubtSending,
  markMessage,
  markSending,
  nextMessage,
  outboxDepth,
  queueMessage,
} from '../../src/store/tables/outbox.ts';
import { findPhrase, rememberPhrase } from '../../src/store/tables/phrases.ts';
import { beginRun, endRun, findRun } from '../../src/store/tables/runs.ts';
import { ensureSession, sessionByKey, sessionsStarting } from '../../src/store/tables/sessions.ts';
import {
  knownEventId,
  markHandled,
  resultOf,
  spoolDepth,
  spoolEvent,
  takeEvent,
} from '../../src/store/tables/spool.ts';
import {
  goBackTo,
  keepSummary,
  removeTalks,
  setTalkModel,
  startFresh,
  talksOf,
  wholeResult,
} from '../../src/store/tables/talks.ts';
import {
  appendItem,
  conversation,
  openConversation,
  recentEntries,
} from '../../src/store/tables/transcript.ts';
import { freshStore } from './fresh.ts';

const home = { channel: 'telegram', account: '1', peer: '42' };
const event = (id: string, externalId = id): InboundEvent => ({
  id,
  externalId,
  from: home,
  sender: { id: '42' },
  kind: 'message',
  text: id,
  media: [],
  isGroup: false,
  mentionsMe: false,
  at: 5,
});

async function withSession(store: Store) {
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  return ensureSession(store, {
    id: 's1',
    key: 'telegram:dm:42',
    agent: 'atom',
    home,
    startedAt: 1,
  });
}

describe('the spool', () => {
  it('keeps an event once, whatever the platform repeats', async () => {
    const { store } = await freshStore();
    const keep = (one: InboundEvent) => store.tx((sql) => spoolEvent(sql, one, 'lane'));
    expect(await keep(event('a', 'x'))).toBe(true);
    expect(await keep(event('b', 'x'))).toBe(false);
    expect(await knownEventId(store, event('c', 'x'))).toBe('a');
    expect(await keep({ ...event('d', 'x'), from: { ...home, account: '2' } })).toBe(true);
    expect(await store.get('SELECT depth FROM lane')).toEqual({ depth: 2 });
    expect(await spoolDepth(store)).toEqual({ waiting: 2, dead: 0, oldestAt: 5 });
  });

  it('hands events out in order until each is handled, once', async () => {
    const { store } = await freshStore();
    for (const id of ['a', 'b']) await store.tx((sql) => spoolEvent(sql, event(id), 'lane'));
    expect(await takeEvent(store, 'lane')).toMatchObject({ event: { id: 'a' }, attempts: 1 });
    expect(await takeEvent(store, 'lane')).toMatchObject({ event: { id: 'a' }, attempts: 2 });
    expect(await markHandled(store, 'a', 'replied')).toBe(true);
    expect(await markHandled(store, 'a', 'failed')).toBe(false);
    expect(await resultOf(store, 'a')).toBe('replied');
    expect(await takeEvent(store, 'lane')).toMatchObject({ event: { id: 'b' } });
    expect(await takeEvent(store, 'elsewhere')).toBeUndefined();
  });

  it('knows a dropped event without ever giving it a turn', async () => {
    const { store } = await freshStore();
    await store.tx((sql) => spoolEvent(sql, event('a'), null));
    expect(await takeEvent(store, '')).toBeUndefined();
    expect(await store.tx((sql) => claimLane(sql, { queue: 'in', now: 9, leaseMs: 1 }))).toBe(
      undefined,
    );
    expect(await store.tx((sql) => spoolEvent(sql, event('a2', 'a'), 'lane'))).toBe(false);
  });
});

describe('a transcript', () => {
  it('starts afresh without forgetting what was said', async () => {
    const { store } = await freshStore();
    const { id, key } = await withSession(store);
    const say = (text: string) =>
      appendItem(store, {
        session: id,
        event: 'e',
        labels: cleanLabels,
        item: { role: 'note', text },
        at: 1,
      });
    const texts = (entries: readonly { readonly item: { readonly text: string } }[]) =>
      entries.map(({ item }) => item.text);
    const known = openConversation(store, id);
    await say('old');
    expect(texts(await known.read())).toEqual(['old']);
    await say('older');
    expect(texts(await known.read())).toEqual(['old', 'older']);
    await startFresh(store, id, { now: 2 });
    expect(await known.read()).toEqual([]);
    await say('new');
    expect(texts(await conversation(store, id))).toEqual(['new']);
    expect(texts(await known.read())).toEqual(['new']);
    expect(texts(await recentEntries(store, key, 9))).toEqual(['old', 'older', 'new']);
    expect(texts(await recentEntries(store, key, 1))).toEqual(['new']);
  });
});

describe('the conversations of a session', () => {
  const summary = (through: number, text: string) => ({
    role: 'summary' as const,
    text,
    kept: [],
    through,
    covers: 2,
    tokens: 9,
    during: 'e',
  });
  const stage = async () => {
    const { store } = await freshStore();
    const session = await withSession(store);
    const entry = { session: session.id, event: 'e', labels: cleanLabels, at: 1 };
    const say = (text: string) =>
      appendItem(store, { ...entry, item: { role: 'user', text, sender: 'owner' } });
    const told = async () => (await conversation(store, session.id)).map(({ item }) => item);
    const texts = async () => (await told()).map((item) => item.text);
    const sum = (through: number, text: string) =>
      keepSummary(store, { ...entry, event: 'summary', item: summary(through, text) });
    return { store, id: session.id, key: session.key, say, texts, sum };
  };

  it('can be gone back to, and then go on where they were', async () => {
    const { store, id, say, texts } = await stage();
    const known = openConversation(store, id);
    await say('first');
    await startFresh(store, id, { now: 2 });
    await say('second');
    await startFresh(store, id, { now: 3 });
    // Nothing was said in it, so it is the same one still.
    await startFresh(store, id, { now: 4 });
    await say('third');
    await known.read();
    expect(await goBackTo(store, id, 1)).toBe(true);
    await say('more of the first');
    expect(await texts()).toEqual(['first', 'more of the first']);
    expect((await known.read()).map(({ item }) => item.text)).toEqual(await texts());
    expect(await goBackTo(store, id, 9)).toBe(false);
    expect(await talksOf(store, id)).toMatchObject([
      { number: 3, begins: 'third', begunAt: 4, current: false },
      { number: 2, begins: 'second', entries: 1, current: false },
      { number: 1, begins: 'first', entries: 2, current: true },
    ]);
  });

  it('are told from their newest summary on, which stands first and hides nothing for good', async () => {
    const { store, id, key, say, texts, sum } = await stage();
    for (const text of ['a', 'b', 'c']) await say(text);
    const known = openConversation(store, id);
    await known.read();
    expect(await sum(2, 'sum of a and b')).toBe(true);
    await say('d');
    expect(await texts()).toEqual(['sum of a and b', 'c', 'd']);
    expect((await known.read()).map(({ item }) => item.text)).toEqual(await texts());
    // Whoever is late, or counts what is not of this conversation, changes nothing.
    expect(await sum(2, 'again')).toBe(false);
    expect(await sum(99, 'of nothing')).toBe(false);
    expect(await sum(3, 'sum of a to c')).toBe(true);
    expect(await texts()).toEqual(['sum of a to c', 'd']);
    expect((await known.read()).map(({ item }) => item.text)).toEqual(await texts());
    expect(await recentEntries(store, key, 9)).toHaveLength(6);
  });

  it('have a model of their own until a fresh start', async () => {
    const { store, id, key, say } = await stage();
    await setTalkModel(store, id, 'local/small');
    await say('hello');
    expect(await sessionByKey(store, key)).toMatchObject({ model: 'local/small' });
    await startFresh(store, id, { now: 2 });
    expect(await sessionByKey(store, key)).not.toHaveProperty('model');
    await goBackTo(store, id, 1);
    expect(await sessionByKey(store, key)).toMatchObject({ model: 'local/small' });
  });

  it('are removed without a trace of their words, one or all, and no number is given twice', async () => {
    const { store, id, key, say, texts } = await stage();
    await say('first');
    await startFresh(store, id, { now: 2 });
    await say('second');
    await removeTalks(store, id, { number: 1, now: 3 });
    expect(await texts()).toEqual(['second']);
    await removeTalks(store, id, { now: 4 });
    expect(await texts()).toEqual([]);
    expect(JSON.stringify(await recentEntries(store, key, 9))).not.toContain('second');
    await say('third');
    expect(await texts()).toEqual(['third']);
    expect((await recentEntries(store, key, 1))[0]?.seq).toBe(3);
  });

  it('keep long results whole, each found in its own conversation only', async () => {
    const { store, id } = await stage();
    const item = { role: 'tool', call: 'c', tool: 't', ok: true, value: null } as const;
    await appendItem(store, {
      session: id,
      event: 'e',
      labels: worstLabels,
      source: 'example.org',
      at: 1,
      item: { ...item, text: 'st…t', ref: 'r1', length: 5 },
      whole: 'start',
    });
    const found = await wholeResult(store, id, 'r1');
    expect(found).toMatchObject({ whole: 'start', labels: worstLabels, source: 'example.org' });
    expect(await wholeResult(store, id, 'r2')).toBeUndefined();
    await startFresh(store, id, { now: 2 });
    expect(await wholeResult(store, id, 'r1')).toBeUndefined();
  });
});

describe('small tables', () => {
  it('make a session once and find it by its key', async () => {
    const { store } = await freshStore();
    const first = await withSession(store);
    const again = await ensureSession(store, { ...first, id: 'other' });
    expect(again.id).toBe('s1');
    expect(await sessionByKey(store, 'nobody')).toBeUndefined();
    expect(await sessionsStarting(store, 'telegram:dm:')).toHaveLength(1);
    expect(await sessionsStarting(store, 'telegram:%')).toHaveLength(0);
  });

  it('let an agent keep the maturity it has, and do not know one that nobody defined', async () => {
    const { store } = await freshStore();
    await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'student' });
    await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'autonomous' });
    expect(await agentById(store, 'atom')).toMatchObject({ maturity: 'student' });
    await store.run("UPDATE agent SET maturity = 'wizard'");
    expect(await agentById(store, 'atom')).toBeUndefined();
  });

  it('keep a phrase once', async () => {
    const { store } = await freshStore();
    await rememberPhrase(store, 'x', 'one', 1);
    await rememberPhrase(store, 'x', 'two', 2);
    expect(await findPhrase(store, 'x')).toBe('two');
  });

  it('let a run begin once, and again only where looking twice is looking once', async () => {
    const { store } = await freshStore();
    const run = { id: 'r', digest: 'd', action: 'file.read', state: 'begun', begunAt: 1 } as const;
    expect(await beginRun(store, run, 'b')).toBe(true);
    expect(await beginRun(store, { ...run, digest: 'e' }, 'b')).toBe(true);
    expect(await findRun(store, 'r')).toMatchObject({ digest: 'e', state: 'begun' });
    expect(await beginRun(store, { ...run, action: 'file.list' }, 'b')).toBe(false);
    const change = { ...run, id: 'w', action: 'file.write' };
    expect(await beginRun(store, change, 'b')).toBe(true);
    expect(await beginRun(store, change, 'b')).toBe(false);
    await endRun(store, 'r', { state: 'done', result: { ok: true }, at: 2 });
    expect(await beginRun(store, run, 'b')).toBe(false);
  });
});

describe('the outbox', () => {
  const draft = (id: string) => ({ id, to: home, text: id, buttons: [], at: 1 });

  it('queues a message once and hands them out in order', async () => {
    const { store } = await freshStore();
    for (const id of ['a', 'a', 'b']) await store.tx((sql) => queueMessage(sql, draft(id), 'l'));
    expect(await store.get('SELECT depth FROM lane')).toEqual({ depth: 2 });
    expect((await nextMessage(store, 'l'))?.id).toBe('a');
    await markMessage(store, 'a', { state: 'sent', externalId: '7' });
    expect((await nextMessage(store, 'l'))?.id).toBe('b');
    expect(await outboxDepth(store)).toEqual({ waiting: 1, failed: 0, uncertain: 0 });
  });

  it('is in doubt about what a crash caught in the middle, and about nothing else', async () => {
    const { store } = await freshStore();
    for (const id of ['a', 'b']) await store.tx((sql) => queueMessage(sql, draft(id), id));
    await markSending(store, 'a');
    await doubtSending(store);
    expect(await nextMessage(store, 'a')).toMatchObject({ state: 'uncertain', attempts: 1 });
    expect(await nextMessage(store, 'b')).toMatchObject({ state: 'queued', attempts: 0 });
  });

  it('finds every copy of a card, and not the edits of it', async () => {
    const { store } = await freshStore();
    await store.tx(async (sql) => {
      await queueMessage(sql, { ...draft('c'), approval: 'k' }, 'l');
      await queueMessage(sql, { ...draft('d'), approval: 'k', edits: 'c' }, 'l');
    });
    expect((await cardCopies(store, 'k')).map(({ id }) => id)).toEqual(['c']);
  });
});
