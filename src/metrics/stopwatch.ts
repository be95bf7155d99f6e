import { createHistogram } from 'node:perf_hooks';
import type { Latency } from '../domain/live-stats.ts';

/** Collects how long something takes, in a histogram of fixed size however much there is. */
export interface Stopwatch {
  took(ms: number): void;
  read(): Latency;
}

/** Kept in microseconds, so that what takes less than a millisecond is told apart. */
const PER_MS = 1000;
/** Longer than this counts as this. */
const MOST_MS = 3_600_000;
/** Significant digits of a quantile. */
const DIGITS = 2;

export function createStopwatch(): Stopwatch {
  const histogram = createHistogram({ lowest: 1, highest: MOST_MS * PER_MS, figures: DIGITS });
  let count = 0;
  let sumMs = 0;
  const at = (percent: number): number => histogram.percentile(percent) / PER_MS;
  return {
    took: (ms) => {
      const counted = Math.min(MOST_MS, Math.max(0, ms));
      histogram.record(Math.max(1, Math.round(counted * PER_MS)));
      count += 1;
      sumMs += counted;
    },
    read: () =>
      count === 0
        ? { count, sumMs }
        : { count, sumMs, p50Ms: at(50), p95Ms: at(95), p99Ms: at(99) },
  };
}
