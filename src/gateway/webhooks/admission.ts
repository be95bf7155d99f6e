import { isLoopback } from '../../base/address-list.ts';
import type { Clock } from '../../base/clock.ts';
import { createCrowd } from '../network/crowd.ts';
import { sourceOf } from '../network/source.ts';

/** How much is taken, in all and of one source. In memory. */
export interface Admission {
  /** Counts a request. How to say that it is over, or undefined where there were too many of its source. */
  enter(address: string): (() => void) | undefined;
  /** One of them was refused. */
  refused(address: string): void;
}

/** Requests that are being answered at once. */
const MOST_AT_ONCE = 256;
const MOST_EACH = 64;
const WINDOW_MS = 60_000;
/** Platforms with many messages send some a second; they come again later with what was not taken. */
const MOST = 3000;
/** Wrong signatures: whoever has the secret makes none. */
const MOST_REFUSED = 60;
/** More are not told apart: then the others count together. */
const MOST_SOURCES = 10_000;

interface Counts {
  all: number;
  refused: number;
}

/** So many requests a minute from each source; of this machine, where proxies and tunnels are, any number. */
export function createAdmission(clock: Pick<Clock, 'monotonic'>): Admission {
  const crowd = createCrowd({
    overall: MOST_AT_ONCE,
    each: (source) => (isLoopback(source) ? MOST_AT_ONCE : MOST_EACH),
  });
  let since = clock.monotonic();
  let sources = new Map<string, Counts>();
  const countsOf = (address: string): Counts => {
    if (clock.monotonic() - since >= WINDOW_MS) {
      since = clock.monotonic();
      sources = new Map();
    }
    const own = sourceOf(address);
    const name = sources.has(own) || sources.size < MOST_SOURCES ? own : 'others';
    const counts = sources.get(name) ?? { all: 0, refused: 0 };
    sources.set(name, counts);
    return counts;
  };
  const isWithin = (address: string): boolean => {
    if (isLoopback(address)) return true;
    const counts = countsOf(address);
    counts.all += 1;
    return counts.all <= MOST && counts.refused < MOST_REFUSED;
  };
  return {
    enter: (address) => (isWithin(address) ? crowd.enter(sourceOf(address)) : undefined),
    refused: (address) => {
      if (!isLoopback(address)) countsOf(address).refused += 1;
    },
  };
}
