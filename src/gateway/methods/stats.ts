import { readStats } from '../../assembly/stats/read-stats.ts';
import type { Atom } from '../../atom.ts';
import { readHealth } from '../health/health.ts';
import type { Methods } from '../kernel.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

interface Gateway {
  readonly stopping: () => boolean;
  readonly webhooks: Pick<Webhooks, 'status'>;
}

/** How much there was, and how everything stands. */
export const statsMethods = (
  atom: Atom,
  { stopping, webhooks }: Gateway,
): Pick<Methods, 'stats' | 'health'> => ({
  stats: async ({ since }) => {
    const { clock, config, metrics } = atom.options;
    const span = { since, until: clock.now() };
    const prices = { models: config.models, currency: config.limits.currency };
    return { stats: await readStats(atom.records.store, span, prices), live: metrics.read() };
  },
  health: () => readHealth(atom, { stopping: stopping(), webhooks: webhooks.status() }),
});
