import { expect, test } from 'vitest';
import { type Caller, LOCAL_OWNER } from '../../src/domain/caller.ts';
import { createRepeats } from '../../src/gateway/repeats.ts';

const asked = (key: string, params: { readonly n: number } = { n: 1 }) => ({
  method: 'chat.stop',
  key,
  params,
});

function counting() {
  const clock = { ms: 0, monotonic: () => clock.ms };
  const repeats = createRepeats(clock);
  const acts: string[] = [];
  const ask = (key: string, params?: { readonly n: number }, caller: Caller = LOCAL_OWNER) =>
    repeats.once(caller, asked(key, params), async () => {
      acts.push(key);
      return { ok: true, payload: acts.length };
    });
  return { clock, acts, ask };
}

test('a key is good for one act of one caller, for ten minutes', async () => {
  const { clock, acts, ask } = counting();
  const first = await ask('k');
  expect(await ask('k')).toEqual(first);
  expect(await ask('k', { n: 2 })).toMatchObject({ ok: false, error: { code: 'usage' } });
  await ask('k', { n: 1 }, { ...LOCAL_OWNER, surface: 'device', id: 'd1' });
  expect(acts).toEqual(['k', 'k']);
  clock.ms = 9 * 60_000;
  expect(await ask('k')).toEqual(first);
  clock.ms = 11 * 60_000;
  await ask('k');
  expect(acts).toHaveLength(3);
});

test('of more than a thousand keys the oldest are forgotten', async () => {
  const { acts, ask } = counting();
  for (let i = 0; i <= 1000; i++) await ask(`k${i}`);
  await ask('k1000');
  expect(acts).toHaveLength(1001);
  await ask('k0');
  expect(acts).toHaveLength(1002);
});

test('what failed is not tried again under its key', async () => {
  const repeats = createRepeats({ monotonic: () => 0 });
  let acts = 0;
  const fail = async () => {
    acts += 1;
    return { ok: false as const, error: { code: 'failed', message: 'no', next: [] } };
  };
  await repeats.once(LOCAL_OWNER, asked('k'), fail);
  expect(await repeats.once(LOCAL_OWNER, asked('k'), fail)).toMatchObject({ ok: false });
  expect(acts).toBe(1);
});
