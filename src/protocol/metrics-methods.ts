import { z } from 'zod';
import type { Health } from '../domain/health.ts';
import type { LiveStats } from '../domain/live-stats.ts';
import type { Stats } from '../domain/stats.ts';

/** Parameters of what tells how much there was and how it goes. */
export const metricsParams = {
  /** What is on record from a moment on (milliseconds since 1970), and what this run of the gateway counted. */
  stats: () => z.strictObject({ since: z.number().int().min(0) }),
  /** Tries what has to work, and says how each stands. */
  health: () => z.strictObject({}),
} as const;

export interface MetricsAnswers {
  readonly stats: { readonly stats: Stats; readonly live: LiveStats };
  readonly health: Health;
}
