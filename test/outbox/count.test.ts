import { describe, expect, it } from 'vitest';
import { chat, setOutbox } from './stage.ts';

const later = { kind: 'later', reason: 'no network' } as const;
const unknown = { kind: 'unknown', reason: 'no answer' } as const;
const refused = { kind: 'refused', reason: 'chat not found' } as const;

const outcomesOf = async (outbox: Awaited<ReturnType<typeof setOutbox>>) =>
  outbox.metrics.read().channels.find(({ channel }) => channel === 'telegram');

describe('what the outbox counts', () => {
  it('is how each try ended, and how long the platform took', async () => {
    const outbox = await setOutbox();
    const { queue, drain, failures, during, clock, metrics } = outbox;
    failures.push(later, unknown, refused);
    during.run = async () => clock.pass(40);
    metrics.received('telegram', 'e1');
    await queue({ id: 'a', to: chat('1'), text: 'a' });
    await drain();
    await queue({ id: 'reply:e1', to: chat('2'), text: 'b', inReplyTo: 'e1' });
    await drain();
    await queue({ id: 'c', to: chat('3'), text: 'c', expiresAt: clock.now() });
    await drain();
    const found = await outcomesOf(outbox);
    // The first is put off, then nobody knows, then it is refused; the answer arrives.
    expect(found?.outcomes).toEqual({ sent: 1, failed: 1, retried: 1, uncertain: 1, expired: 1 });
    expect(found?.send).toMatchObject({ count: 4, sumMs: 160 });
    expect(found?.reply.count).toBe(1);
    expect(await outbox.states()).toEqual({ a: 'failed', 'reply:e1': 'sent', c: 'expired' });
  });

  it('is how often the channel was left alone: once for each time, however often it is tried', async () => {
    const outbox = await setOutbox();
    outbox.failures.push(...Array.from({ length: 7 }, () => later));
    for (let i = 0; i < 9; i++) await outbox.queue({ id: `${i}`, to: chat(`${i}`), text: 'x' });
    await outbox.drain();
    expect(outbox.metrics.read().trips).toEqual([{ circuit: 'channel:telegram', count: 1 }]);
    expect((await outcomesOf(outbox))?.outcomes).toMatchObject({ sent: 9, retried: 7 });
  });

  it('is nothing that a rolled back transaction left', async () => {
    const outbox = await setOutbox();
    const { store, queue, claim, deliver } = outbox;
    await queue({ id: 'a', to: chat('1'), text: 'a' });
    const held = await claim();
    if (!held) throw new Error('nothing was due');
    outbox.during.run = () => store.run('UPDATE lane SET fence = fence + 1');
    await expect(deliver(held, new AbortController().signal)).rejects.toThrow('lease');
    expect((await outcomesOf(outbox))?.outcomes.sent ?? 0).toBe(0);
  });
});
