import { expect, test } from 'vitest';
import { steadyClock } from '../../src/base/clock.ts';

test('a steady clock counts on, whatever the wall clock is set to', () => {
  let [wall, counted] = [1000, 5];
  const steady = steadyClock({ now: () => wall, monotonic: () => counted });
  counted += 10.9;
  wall -= 3_600_000;
  expect(steady.now()).toBe(1010);
  wall += 90_000_000;
  expect(steady.now()).toBe(1010);
});
