import { createHistogram } from 'node:perf_hooks';
import type { BridgeMetrics } from './contract.ts';

export type Count = 'connections' | 'attempts' | 'sent' | 'failed' | 'retried' | 'queued';

/** What happened so far, in numbers. */
export interface Counts {
  add(what: Count): void;
  /** How long the gateway took to confirm a message, milliseconds. */
  took(ms: number): void;
  read(): Pick<BridgeMetrics, Count | 'reconnects' | 'latencyMs'>;
}

export function createCounts(): Counts {
  const counts: Record<Count, number> = {
    connections: 0,
    attempts: 0,
    sent: 0,
    failed: 0,
    retried: 0,
    queued: 0,
  };
  // Holds whole numbers from 1 on: microseconds.
  const latency = createHistogram();
  const at = (percent: number): number =>
    latency.count === 0 ? 0 : latency.percentile(percent) / 1000;
  return {
    add(what) {
      counts[what] += 1;
    },
    took: (ms) => latency.record(Math.max(1, Math.round(ms * 1000))),
    read: () => ({
      ...counts,
      reconnects: Math.max(0, counts.connections - 1),
      latencyMs: { p50: at(50), p95: at(95), p99: at(99), max: at(100) },
    }),
  };
}
