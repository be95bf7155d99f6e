import { stepped } from '../base/backoff.ts';
import type { BridgeError } from './errors.ts';
import type { Tuning } from './settings.ts';

/** How long to wait after failure number `failures` in a row (1, 2, …), milliseconds. */
export const pauseAfter = (
  { retryAfterMs }: BridgeError,
  failures: number,
  { steps, dice }: Pick<Tuning, 'steps' | 'dice'>,
): number => Math.max(retryAfterMs, stepped(steps, failures, dice));
