import { describe, expect, it } from 'vitest';
import { dropMessage, outboxItems, requeueMessage } from '../../src/store/tables/outbox.ts';
import { settleTimes } from '../../src/store/tables/times.ts';
import { freshStore } from '../store/fresh.ts';
import { chat, setOutbox } from './stage.ts';

const outage = { kind: 'later', reason: 'no network' } as const;

describe('a channel that fails', () => {
  it('is left alone after five failures, whoever is written to, and for a minute', async () => {
    const { queue, step, sent, failures, clock } = await setOutbox();
    failures.push(...Array.from({ length: 5 }, () => outage));
    for (let i = 0; i < 9; i++) await queue({ id: `${i}`, to: chat(`${i}`), text: `${i}` });
    while (await step());
    expect(sent).toHaveLength(5);
    clock.pass(59_999);
    while (await step());
    expect(sent).toHaveLength(5);
  });

  it('is tried by one message alone, and by all once two of them arrived', async () => {
    const { queue, step, sent, failures, clock, during, drain, states } = await setOutbox();
    failures.push(...Array.from({ length: 5 }, () => outage));
    for (let i = 0; i < 9; i++) await queue({ id: `${i}`, to: chat(`${i}`), text: `${i}` });
    while (await step());
    clock.pass(60_000);
    // While one is on its way, the others of that moment wait.
    during.run = async () => {
      during.run = async () => undefined;
      while (await step());
    };
    await step();
    expect(sent).toHaveLength(6);
    await drain();
    expect(new Set(Object.values(await states()))).toEqual(new Set(['sent']));
  });

  it('is not left alone because it refuses messages or asks for time', async () => {
    const { queue, drain, failures, states, clock } = await setOutbox();
    for (let i = 0; i < 12; i++)
      failures.push(
        i % 2 === 0
          ? { kind: 'refused', reason: 'chat not found' }
          : { kind: 'later', reason: 'Too Many Requests', retryMs: 10 },
      );
    for (let i = 0; i < 12; i++) await queue({ id: `${i}`, to: chat(`${i}`), text: `${i}` });
    const began = clock.now();
    await drain();
    expect(clock.now() - began).toBeLessThan(10_000);
    expect(Object.values(await states()).filter((state) => state === 'failed')).toHaveLength(6);
  });

  it('is remembered after a restart', async () => {
    const { store } = await freshStore();
    const first = await setOutbox({}, store);
    first.failures.push(...Array.from({ length: 5 }, () => outage));
    for (let i = 0; i < 5; i++) await first.queue({ id: `${i}`, to: chat(`${i}`), text: 'x' });
    while (await first.step());
    const later = await setOutbox({}, store);
    await later.queue({ id: 'new', to: chat('9'), text: 'x' });
    while (await later.step());
    expect(later.sent).toEqual([]);
  });
});

describe('a message that makes no sense any more', () => {
  it('is not sent, and that is on the record', async () => {
    const { queue, step, drain, sent, states, kinds, clock } = await setOutbox();
    await queue({ id: 'a', to: chat('1'), text: 'a', expiresAt: clock.now() + 1000 });
    await queue({ id: 'b', to: chat('1'), text: 'b' });
    clock.pass(1000);
    await step();
    await drain();
    expect([sent.map(({ text }) => text), await states()]).toEqual([
      ['b'],
      { a: 'expired', b: 'sent' },
    ]);
    expect(await kinds()).toEqual(['message.expired']);
  });

  it('is not called expired where it may have arrived', async () => {
    const { queue, step, drain, failures, states, clock } = await setOutbox();
    failures.push({ kind: 'unknown', reason: 'reset' });
    await queue({ id: 'a', to: chat('1'), text: 'a', expiresAt: clock.now() + 1000 });
    await step();
    clock.pass(5000);
    await drain();
    expect(await states()).toEqual({ a: 'sent' });
  });
});

describe('the owner’s word on the outbox', () => {
  it('sends again what was given up, and forgets what waits', async () => {
    const { store, queue, drain, sent, failures, states } = await setOutbox();
    failures.push({ kind: 'refused', reason: 'blocked by the user' });
    await queue({ id: 'a', to: chat('1'), text: 'a' });
    await drain();
    expect(await outboxItems(store, { part: 'dead', limit: 9 })).toMatchObject([
      { id: 'a', state: 'failed', error: 'blocked by the user' },
    ]);
    expect(await store.tx((sql) => requeueMessage(sql, 'a'))).toBe(true);
    await queue({ id: 'b', to: chat('1'), text: 'b' });
    expect(await store.tx((sql) => dropMessage(sql, 'b'))).toBe(true);
    await queue({ id: 'c', to: chat('1'), text: 'c' });
    await drain();
    expect(sent.map(({ text }) => text)).toEqual(['a', 'a', 'c']);
    expect(await states()).toEqual({ a: 'sent', b: 'failed', c: 'sent' });
    expect(await store.tx((sql) => requeueMessage(sql, 'a'))).toBe(false);
    expect(await store.tx((sql) => dropMessage(sql, 'a'))).toBe(false);
  });

  it('keeps no secret of what is dropped', async () => {
    const { store, queue } = await setOutbox();
    await queue({ id: 'a', to: chat('1'), text: 'setup-code', secret: true });
    await queue({ id: 'b', to: chat('1'), text: 'plain' });
    for (const id of ['a', 'b']) await store.tx((sql) => dropMessage(sql, id));
    const kept = JSON.stringify(await store.all('SELECT * FROM outbox'));
    expect(kept).not.toContain('setup-code');
    expect(kept).toContain('plain');
  });
});

describe('a clock that was set back between two runs', () => {
  it('keeps no chat waiting longer than it would have', async () => {
    const { store } = await freshStore();
    const before = await setOutbox({}, store);
    before.failures.push({ kind: 'later', reason: 'Too Many Requests', retryMs: 5000 });
    await before.queue({ id: 'a', to: chat('1'), text: 'a' });
    await before.step();
    // Something on the record at the time of before.
    before.failures.push({ kind: 'refused', reason: 'x' });
    await before.queue({ id: 'b', to: chat('2'), text: 'b' });
    await before.step();
    const after = await setOutbox({}, store);
    after.clock.pass(-86_400_000);
    const start = after.clock.now();
    expect(await store.tx((sql) => settleTimes(sql, start))).toBe(86_400_000);
    await after.drain();
    expect(after.sent.map(({ text }) => text)).toEqual(['a']);
    expect(after.clock.now() - start).toBeLessThanOrEqual(5000);
  });
});
