import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createDelivery } from '../../src/outbox/deliver.ts';
import { workIn } from '../store/fresh.ts';
import { chat, facts, setOutbox } from './stage.ts';

describe('a sender that slept longer than its lease', () => {
  it('sends nothing when it wakes, and what it had in hand goes out once, without a doubt', async () => {
    const { store, clock, queue, claim, sent, states, drain } = await setOutbox();
    await queue({ id: 'm', to: chat('42'), text: 'hello' });
    const held = await claim();
    if (!held) throw new Error('nothing was due');
    const sleeper = createDelivery({
      store,
      clock,
      audit: createAudit(clock),
      log: createLog(() => undefined),
      metrics: createMetrics(clock),
      // Between the look at what is next and the moment before it leaves.
      steady: {
        ...clock,
        now: () => {
          looks += 1;
          if (looks === 2) clock.pass(60_001);
          return clock.now();
        },
      },
      discard: async () => undefined,
      channel: () => channel,
    });
    let looks = 0;
    const tried: string[] = [];
    const channel = {
      facts,
      open: () => undefined,
      close: async () => undefined,
      send: async ({ text }: { readonly text: string }) => {
        tried.push(text);
        return { externalId: 'x' };
      },
    };
    await workIn(store, sleeper)(held, new AbortController().signal);
    expect([tried, await states()]).toEqual([[], { m: 'queued' }]);
    await drain();
    expect(sent.map(({ text }) => text)).toEqual(['hello']);
  });

  it('leaves it alone where somebody else has the chat by then', async () => {
    const { store, clock, queue, claim, deliver, sent, states } = await setOutbox();
    await queue({ id: 'm', to: chat('42'), text: 'hello' });
    const stale = await claim();
    clock.pass(60_001);
    const fresh = await claim();
    if (!stale || !fresh) throw new Error('nothing was due');
    await expect(deliver(stale, new AbortController().signal)).rejects.toThrow('ran out');
    await deliver(fresh, new AbortController().signal);
    expect([sent.length, await states()]).toEqual([1, { m: 'sent' }]);
    expect(await store.get('SELECT count(*) AS n FROM outbox')).toEqual({ n: 1 });
  });
});
