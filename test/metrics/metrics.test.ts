import { describe, expect, it } from 'vitest';
import { sendOutcomes } from '../../src/domain/live-stats.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createStopwatch } from '../../src/metrics/stopwatch.ts';
import { chanceFrom } from '../flows/stage/chance.ts';
import { heldClock } from '../store/fresh.ts';

describe('a stopwatch', () => {
  it('tells quantiles to a hundredth of what sorting tells', () => {
    const chance = chanceFrom(7);
    const watch = createStopwatch();
    const values = Array.from({ length: 5000 }, () => 0.01 + chance() ** 4 * 60_000);
    for (const ms of values) watch.took(ms);
    const sorted = values.toSorted((a, b) => a - b);
    const read = watch.read();
    for (const [found, quantile] of [
      [read.p50Ms, 0.5],
      [read.p95Ms, 0.95],
      [read.p99Ms, 0.99],
    ] as const) {
      const exact = sorted[Math.ceil(quantile * sorted.length) - 1] ?? 0;
      expect(Math.abs((found ?? 0) - exact) / exact, String(quantile)).toBeLessThan(0.011);
    }
    expect(read.count).toBe(5000);
    expect(read.sumMs).toBeCloseTo(
      values.reduce((sum, ms) => sum + ms, 0),
      3,
    );
  });

  it('takes what no clock should say, and says nothing before it measured', () => {
    const watch = createStopwatch();
    expect(watch.read()).toEqual({ count: 0, sumMs: 0 });
    for (const ms of [-5, 0, 1e12]) watch.took(ms);
    expect(watch.read()).toMatchObject({ count: 3, sumMs: 3_600_000, p50Ms: 0.001 });
  });
});

describe('the counters', () => {
  it('count what was said to them, by channel and by outcome', () => {
    const chance = chanceFrom(11);
    const metrics = createMetrics(heldClock());
    const told = Array.from({ length: 500 }, () => ({
      channel: chance() < 0.5 ? 'telegram' : 'terminal',
      outcome: sendOutcomes[Math.floor(chance() * sendOutcomes.length)] ?? 'sent',
    }));
    for (const { channel, outcome } of told) metrics.sent(channel, outcome);
    for (const { channel, outcomes } of metrics.read().channels)
      for (const outcome of sendOutcomes)
        expect(outcomes[outcome]).toBe(
          told.filter((one) => one.channel === channel && one.outcome === outcome).length,
        );
  });

  it('time an answer from its message, once, whatever the wall clock does', () => {
    const clock = heldClock();
    const metrics = createMetrics(clock);
    metrics.received('telegram', 'e1');
    clock.pass(250);
    metrics.answered('telegram', 'e1');
    metrics.answered('telegram', 'e1');
    metrics.answered('telegram', 'from before the start');
    const [telegram] = metrics.read().channels;
    expect(telegram).toMatchObject({ received: 1, reply: { count: 1, sumMs: 250 } });
  });

  it('keep no more messages in mind than there can be', () => {
    const metrics = createMetrics(heldClock());
    for (let i = 0; i < 10_001; i++) metrics.received('telegram', `e${i}`);
    metrics.answered('telegram', 'e0');
    metrics.answered('telegram', 'e4999');
    metrics.answered('telegram', 'e5000');
    metrics.answered('telegram', 'e10000');
    expect(metrics.read().channels[0]?.reply.count).toBe(2);
  });

  it('tell the clients apart by kind', () => {
    const clock = heldClock();
    const metrics = createMetrics(clock);
    metrics.connection('opened', 'bridge');
    metrics.connection('resumed', 'bridge');
    metrics.connection('closed', 'bridge');
    metrics.connection('refused', 'unknown');
    const ended = metrics.request('bridge');
    clock.pass(3);
    ended({ ok: false });
    expect(metrics.read().clients[0]?.request).toMatchObject({ count: 1, sumMs: 3 });
    expect(metrics.read().clients).toMatchObject([
      { client: 'bridge', opened: 1, resumed: 1, closed: 1, failed: 1, answered: 0 },
      { client: 'unknown', refused: 1, opened: 0 },
    ]);
  });
});
