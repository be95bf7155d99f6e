import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/domain/store.ts';
import { doubtSending, markSending } from '../../src/store/tables/outbox.ts';
import { freshStore } from '../store/fresh.ts';
import { chat, setOutbox } from './stage.ts';

const inTurn = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((at, i) => at - (times[i] ?? 0));

describe('what goes out', () => {
  it('goes out once, in the order of its chat', async () => {
    const { queue, drain, sent, states } = await setOutbox();
    for (const id of ['a', 'b', 'a', 'c']) await queue({ id, to: chat('1'), text: id });
    await drain();
    expect(sent.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
    expect(await states()).toEqual({ a: 'sent', b: 'sent', c: 'sent' });
  });

  it('goes out to one chat once a second', async () => {
    const { queue, drain, sent } = await setOutbox();
    for (let i = 0; i < 5; i++) await queue({ id: `${i}`, to: chat('1'), text: `${i}` });
    await drain();
    expect(inTurn(sent.map(({ at }) => at))).toEqual([1000, 1000, 1000, 1000]);
  });

  it('keeps its distance from when the last one was seen, however long that took', async () => {
    const { store } = await freshStore();
    let lateMs = 0;
    const slow: Store = {
      ...store,
      tx: async (work) => {
        const value = await store.tx(work);
        outbox.clock.pass(lateMs);
        lateMs = 0;
        return value;
      },
    };
    const outbox = await setOutbox({}, slow);
    for (const id of ['a', 'b']) await outbox.queue({ id, to: chat('7'), text: id });
    const claim = await outbox.claim();
    if (!claim) throw new Error('nothing was due');
    lateMs = 40;
    await outbox.deliver(claim, new AbortController().signal);
    await outbox.drain();
    const [first, second] = outbox.sent.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('goes out to a group twenty times a minute', async () => {
    const { queue, drain, sent } = await setOutbox();
    for (let i = 0; i < 45; i++) await queue({ id: `${i}`, to: chat('-9'), text: `${i}` });
    await drain();
    const times = sent.map(({ at }) => at);
    for (const start of times)
      expect(times.filter((at) => at >= start && at < start + 60_000).length).toBeLessThan(21);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe(124_000);
  });

  it('goes out to everybody together thirty times a second', async () => {
    const { queue, drain, sent } = await setOutbox();
    for (let i = 0; i < 70; i++) await queue({ id: `${i}`, to: chat(`${i}`), text: `${i}` });
    await drain();
    const times = sent.map(({ at }) => at);
    for (const start of times)
      expect(times.filter((at) => at >= start && at < start + 1000).length).toBeLessThan(31);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe(2000);
  });

  it('waits exactly as long as the platform says, and keeps its order meanwhile', async () => {
    const { queue, drain, sent, failures } = await setOutbox();
    failures.push({ kind: 'later', reason: 'Too Many Requests', retryMs: 17_000 });
    for (const id of ['a', 'b']) await queue({ id, to: chat('1'), text: id });
    await queue({ id: 'c', to: chat('2'), text: 'c' });
    await drain();
    expect(sent.map(({ text }) => text)).toEqual(['a', 'c', 'a', 'b']);
    expect((sent[2]?.at ?? 0) - (sent[0]?.at ?? 0)).toBe(17_000);
  });

  it('is given up at once where the platform refuses it, on the record, and the next goes on', async () => {
    const { queue, drain, sent, failures, states, kinds } = await setOutbox();
    failures.push({ kind: 'refused', reason: 'chat not found' });
    for (const id of ['a', 'b']) await queue({ id, to: chat('1'), text: id });
    await drain();
    expect(await states()).toEqual({ a: 'failed', b: 'sent' });
    expect(sent).toHaveLength(2);
    expect(await kinds()).toEqual(['message.failed']);
  });

  it('survives an outage of hours, and is given up after a day', async () => {
    const { queue, drain, sent, failures, states, clock, step } = await setOutbox();
    const outage = { kind: 'later', reason: 'no network' } as const;
    failures.push(...Array.from({ length: 150 }, () => outage));
    await queue({ id: 'a', to: chat('1'), text: 'a' });
    await drain();
    expect(await states()).toEqual({ a: 'sent' });
    expect(sent).toHaveLength(151);
    failures.push(...Array.from({ length: 999 }, () => outage));
    const began = clock.now();
    await queue({ id: 'b', to: chat('1'), text: 'b' });
    while ((await states()).b === 'queued') {
      await step();
      clock.pass(600_000);
    }
    expect(await states()).toEqual({ a: 'sent', b: 'failed' });
    expect(clock.now() - began).toBeGreaterThanOrEqual(86_400_000);
  });

  it('is not given up because somebody set the clock ahead', async () => {
    const { queue, drain, failures, states, clock, step } = await setOutbox();
    failures.push({ kind: 'later', reason: 'no network' });
    await queue({ id: 'a', to: chat('1'), text: 'a' });
    clock.pass(10 * 86_400_000);
    await step();
    await drain();
    expect(await states()).toEqual({ a: 'sent' });
  });

  it('is flagged where it may be a repeat, each time on the record, and not for ever', async () => {
    const { queue, drain, sent, failures, states, kinds } = await setOutbox();
    failures.push({ kind: 'unknown', reason: 'no answer' }, new Error('reset'));
    await queue({ id: 'a', to: chat('1'), text: 'hello' });
    await drain();
    expect(sent.map(({ text }) => text.includes('may be a repeat'))).toEqual([false, true, true]);
    expect(sent.every(({ text }) => text.endsWith('hello'))).toBe(true);
    expect(await kinds()).toEqual(['message.repeated', 'message.repeated']);
    failures.push(...Array.from({ length: 99 }, () => new Error('reset')));
    await queue({ id: 'b', to: chat('1'), text: 'b' });
    await drain();
    expect(await states()).toEqual({ a: 'sent', b: 'failed' });
    expect(sent).toHaveLength(3 + 8);
  });

  it('that a crash caught in the middle is repeated once, flagged and on the record', async () => {
    const { store, queue, drain, sent, kinds, states } = await setOutbox();
    for (const id of ['a', 'b']) await queue({ id, to: chat('1'), text: id });
    await markSending(store, 'a');
    await doubtSending(store);
    await drain();
    expect(sent.map(({ text }) => text.split('\n').length)).toEqual([2, 1]);
    expect(await kinds()).toEqual(['message.repeated']);
    expect(await states()).toEqual({ a: 'sent', b: 'sent' });
  });

  it('is repeated without a flag where the platform shows it once anyway', async () => {
    const { queue, drain, sent, failures, kinds } = await setOutbox({ idempotentSend: true });
    failures.push({ kind: 'unknown', reason: 'no answer' });
    await queue({ id: 'a', to: chat('1'), text: 'hello' });
    await drain();
    expect(sent.map(({ text }) => text)).toEqual(['hello', 'hello']);
    expect(await kinds()).toEqual([]);
  });

  it('loses no letter to the flag, however long it is', async () => {
    const { queue, drain, sent, failures } = await setOutbox({ maxLength: 300 });
    failures.push(...Array.from({ length: 3 }, () => new Error('reset')));
    const text = Array.from({ length: 200 }, (_, i) => `w${i}`).join(' ');
    await queue({ id: 'a', to: chat('1'), text });
    await drain();
    for (const message of sent) expect(message.text.length).toBeLessThanOrEqual(300);
    const heard = sent.map((message) => message.text).join(' ');
    for (let i = 0; i < 200; i++) expect(heard).toMatch(new RegExp(`\\bw${i}\\b`));
  });

  it('is never empty, and never half a character', async () => {
    const { queue, drain, sent } = await setOutbox();
    await queue({ id: 'a', to: chat('1'), text: ' \n ' });
    await queue({ id: 'b', to: chat('1'), text: 'x\ud800' });
    await drain();
    expect(sent.map(({ text }) => text)).toEqual(['(nothing to say)', 'x\ufffd']);
  });

  it('edits what was sent, repeats an edit without a flag, and drops one of nothing', async () => {
    const { queue, drain, sent, failures, states, kinds } = await setOutbox();
    await queue({ id: 'a', to: chat('1'), text: 'old' });
    await drain();
    failures.push(new Error('reset'));
    await queue({ id: 'b', to: chat('1'), text: 'new', edits: 'a' });
    await queue({ id: 'c', to: chat('1'), text: 'new', edits: 'never' });
    await drain();
    const edits = sent.slice(1).map((message) => [message.edits, message.text]);
    expect(edits).toEqual([
      ['x1', 'new'],
      ['x1', 'new'],
    ]);
    expect(await states()).toEqual({ a: 'sent', b: 'sent', c: 'failed' });
    expect(await kinds()).toEqual(['message.failed']);
  });

  it('to a channel that is not there is given up, on the record', async () => {
    const { queue, drain, states, kinds } = await setOutbox();
    await queue({ id: 'a', to: { ...chat('1'), channel: 'pigeon' }, text: 'a' });
    await drain();
    expect(await states()).toEqual({ a: 'failed' });
    expect(await kinds()).toEqual(['message.failed']);
  });

  it('is not written about by a sender whose lease was lost meanwhile', async () => {
    const { queue, step, drain, during, clock, claim, deliver, states, sent } = await setOutbox();
    await queue({ id: 'a', to: chat('1'), text: 'a' });
    during.run = async () => {
      delete during.run;
      clock.pass(60_001);
      await claim();
    };
    await expect(step()).rejects.toThrow('lease');
    expect(await states()).toEqual({ a: 'sending' });
    clock.pass(60_001);
    const stale = await claim();
    clock.pass(60_001);
    await claim();
    if (!stale) throw new Error('nothing was due');
    await expect(deliver(stale, new AbortController().signal)).rejects.toThrow('lease');
    expect(sent).toHaveLength(1);
    clock.pass(60_001);
    await drain();
    expect(await states()).toEqual({ a: 'sent' });
    expect(sent).toHaveLength(2);
  });
});
