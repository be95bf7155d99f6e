import { APICallError } from 'ai';
import { describe, expect, it, vi } from 'vitest';
import { persistently } from '../../src/llm/persist.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { allCircuits } from '../../src/store/tables/circuits.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

const refusal = (statusCode: number, headers: Record<string, string> = {}): APICallError =>
  new APICallError({
    message: `status ${statusCode}`,
    url: 'x',
    requestBodyValues: {},
    statusCode,
    responseHeaders: headers,
    isRetryable: statusCode === 429 || statusCode >= 500,
  });

/** A provider that ends each question as told, and a clock that only the waits of ours move. */
async function setProvider(ends: readonly (APICallError | 'answer')[], given = freshStore()) {
  const { store } = await given;
  const steady = heldClock();
  const metrics = createMetrics(steady);
  const left = [...ends];
  let asked = 0;
  let began = false;
  const ask = (
    signal = new AbortController().signal,
    more: { readonly again?: boolean; readonly speaks?: boolean } = {},
  ) =>
    persistently(
      { store, steady, metrics },
      {
        provider: 'anthropic',
        again: more.again ?? true,
        began: () => began,
        ask: async () => {
          asked += 1;
          began ||= more.speaks === true;
          const end = left.shift() ?? 'answer';
          if (end !== 'answer') throw end;
          return end;
        },
      },
      signal,
    );
  return { store, steady, metrics, ask, asked: () => asked };
}

/** Waits pass at once; how long they were is told. */
function skippingWaits() {
  const waits: number[] = [];
  const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0) => {
    waits.push(ms);
    queueMicrotask(run);
    return 0;
  }) as never);
  return { waits, restore: () => spy.mockRestore() };
}

describe('asking a provider', () => {
  it('is tried again with longer waits each time, and no more than four times', async () => {
    const { ask, asked } = await setProvider(Array.from({ length: 9 }, () => refusal(503)));
    const time = skippingWaits();
    await expect(ask()).rejects.toThrow('status 503');
    time.restore();
    expect(asked()).toBe(4);
    const [first = 0, second = 0, third = 0] = time.waits;
    expect([first <= 1000, first >= 500, second >= 1000, third >= 2000]).toEqual([
      ...[true, true, true, true],
    ]);
  });

  it('waits as long as the provider says, and not at all where that is too long', async () => {
    const { ask } = await setProvider([refusal(429, { 'retry-after': '7' })]);
    const time = skippingWaits();
    expect(await ask()).toBe('answer');
    time.restore();
    expect(time.waits).toEqual([7000]);
    const date = {
      'retry-after': 'Fri, 27 Nov 2026 10:00:09 GMT',
      date: 'Fri, 27 Nov 2026 10:00:00 GMT',
    };
    const dated = await setProvider([refusal(503, date)]);
    const again = skippingWaits();
    expect(await dated.ask()).toBe('answer');
    again.restore();
    expect(again.waits).toEqual([9000]);
    const long = await setProvider([refusal(429, { 'retry-after': '3600' })]);
    await expect(long.ask()).rejects.toThrow('status 429');
    expect(long.asked()).toBe(1);
  });

  it('is not tried again once something was said, nor where that cannot help, nor on this machine', async () => {
    const said = await setProvider([refusal(503)]);
    await expect(said.ask(undefined, { speaks: true })).rejects.toThrow('status 503');
    const wrong = await setProvider([refusal(401)]);
    await expect(wrong.ask()).rejects.toThrow('status 401');
    const here = await setProvider([refusal(503)]);
    await expect(here.ask(undefined, { again: false })).rejects.toThrow('status 503');
    expect([said.asked(), wrong.asked(), here.asked()]).toEqual([1, 1, 1]);
    expect([...(await allCircuits(wrong.store)).keys()]).toEqual([]);
  });

  it('leaves a provider alone for a minute that failed five times, across a restart too', async () => {
    const given = freshStore();
    const ends = Array.from({ length: 5 }, () => refusal(503));
    const { ask, store } = await setProvider(ends, given);
    for (let i = 0; i < 5; i++) await ask(undefined, { speaks: true }).catch(() => undefined);
    const later = await setProvider([], given);
    await expect(later.ask()).rejects.toThrow('left alone until');
    later.steady.pass(60_000);
    expect(await later.ask()).toBe('answer');
    expect(await later.ask()).toBe('answer');
    expect((await allCircuits(store)).size).toBe(0);
  });

  it('ends at once when somebody stops it', async () => {
    const stop = new AbortController();
    const { ask, asked } = await setProvider([refusal(503)]);
    const asking = ask(stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 20);
    await expect(asking).rejects.toThrow('stopped');
    expect(asked()).toBe(1);
  });
});
