import { z } from 'zod';
import { type Breakdown, dimensions } from '../domain/breakdown.ts';
import type { Health } from '../domain/health.ts';
import type { LiveStats } from '../domain/live-stats.ts';
import type { Stats } from '../domain/stats.ts';

const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/);

/** Parameters of what tells how much there was and how it goes. */
export const metricsParams = {
  /** What is on record from a moment on (milliseconds since 1970), and what this run of the gateway counted. */
  stats: () =>
    z.strictObject({
      since: z.number().int().min(0),
      /** Up to, and without; now, where it is left out. */
      until: z.number().int().min(0).optional(),
    }),
  /**
   * The same told apart, by whole local days (`2026-02-03`), both included; a user is told of what is theirs alone.
   * Of the enterprise edition.
   */
  'stats.by': () =>
    z.strictObject({
      by: z.enum(dimensions),
      since: day,
      until: day,
      user: z.string().max(64).optional(),
    }),
  /** Tries what has to work, and says how each stands. */
  health: () => z.strictObject({}),
} as const;

export interface MetricsAnswers {
  readonly stats: { readonly stats: Stats; readonly live: LiveStats };
  readonly 'stats.by': Breakdown;
  readonly health: Health;
}
