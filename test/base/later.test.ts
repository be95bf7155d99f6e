import { expect, it } from 'vitest';
import { later, readLater } from '../../src/base/later.ts';

it('reads a module in once, whoever asks first', async () => {
  let times = 0;
  const read = later(async () => ({ times: ++times }));
  expect(times).toBe(0);
  expect(await read()).toEqual({ times: 1 });
  await readLater();
  expect(await read()).toEqual({ times: 1 });
});

it('reads in all that nobody asked for, and leaves what cannot be read to whoever needs it', async () => {
  const order: string[] = [];
  const broken = later(async () => {
    order.push('broken');
    throw new Error('it is gone');
  });
  later(async () => void order.push('whole'));
  await readLater();
  expect(order).toEqual(['broken', 'whole']);
  await expect(broken()).rejects.toThrow('it is gone');
});
