import { expect, test } from 'vitest';
import { clockTime, steadyClock } from '../../src/base/clock.ts';

test('a steady clock counts on, whatever the wall clock is set to', () => {
  let [wall, counted] = [1000, 5];
  const steady = steadyClock({ now: () => wall, monotonic: () => counted });
  counted += 10.9;
  wall -= 3_600_000;
  expect(steady.now()).toBe(1010);
  wall += 90_000_000;
  expect(steady.now()).toBe(1010);
});

test('the time of day is as it is written where the day has 24 hours', () => {
  const look = { hour: '2-digit', minute: '2-digit' } as const;
  for (let at = Date.UTC(2026, 2, 28); at < Date.UTC(2026, 2, 31); at += 59_999_123 / 60)
    expect(clockTime(at)).toBe(new Date(at).toLocaleTimeString('en-GB', look));
});
