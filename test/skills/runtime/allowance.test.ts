import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAllowance } from '../../../src/skills/runtime/allowance.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('is not used up while the owner is asked, however often and for how long', async () => {
  const over = vi.fn();
  const allowance = createAllowance(1000, over);
  for (let i = 0; i < 3; i++) {
    await vi.advanceTimersByTimeAsync(200);
    const asked = Promise.withResolvers<void>();
    const held = Promise.all([
      allowance.during(() => asked.promise),
      allowance.during(() => asked.promise),
    ]);
    await vi.advanceTimersByTimeAsync(600_000);
    asked.resolve();
    await held;
  }
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(399);
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2);
  expect(over).toHaveBeenCalledOnce();
});

it('is over for good once it ended', async () => {
  const over = vi.fn();
  const allowance = createAllowance(10, over);
  const late = Promise.withResolvers<void>();
  const held = allowance.during(() => late.promise);
  allowance.end();
  late.resolve();
  await held;
  await vi.advanceTimersByTimeAsync(1000);
  expect(over).not.toHaveBeenCalled();
});
