import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { type Failure, failure } from '../kernel.ts';

/** How much one client may ask for. */
export interface Throttle {
  /** What to answer instead where it is too much now; otherwise `leave` must follow. */
  enter(): Failure | undefined;
  leave(): void;
}

const MOST_AT_ONCE = 64;
const PER_SECOND = 50;
const BURST = 200;

/** 64 requests at once, 50 a second, and 200 in one breath. */
export function createThrottle({ monotonic }: Pick<Clock, 'monotonic'>): Throttle {
  let [running, tokens, at] = [0, BURST, monotonic()];
  return {
    enter: () => {
      const now = monotonic();
      tokens = Math.min(BURST, tokens + ((now - at) * PER_SECOND) / 1000);
      at = now;
      if (running >= MOST_AT_ONCE)
        return tooMuch(`${MOST_AT_ONCE} requests are under way already.`, 100);
      if (tokens < 1)
        return tooMuch('Too many requests.', Math.ceil(((1 - tokens) * 1000) / PER_SECOND));
      tokens -= 1;
      running += 1;
      return undefined;
    },
    leave: () => {
      running -= 1;
    },
  };
}

function tooMuch(what: string, retryMs: number): Failure {
  const next = [`Ask again in ${retryMs} ms; nothing was done.`];
  const { error } = failure(new AtomError('failed', what, { next }));
  return { ok: false, error: { ...error, retryMs } };
}
