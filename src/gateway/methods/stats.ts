import { readStats } from '../../assembly/stats/read-stats.ts';
import type { Atom } from '../../atom.ts';
import { readHealth } from '../health/health.ts';
import type { Methods } from '../kernel.ts';

/** How much there was, and how everything stands. */
export const statsMethods = (
  atom: Atom,
  stopping: () => boolean,
): Pick<Methods, 'stats' | 'health'> => ({
  stats: async ({ since }) => {
    const { clock, config, metrics } = atom.options;
    const span = { since, until: clock.now() };
    const prices = { models: config.models, currency: config.limits.currency };
    return { stats: await readStats(atom.records.store, span, prices), live: metrics.read() };
  },
  health: () => readHealth(atom, stopping()),
});
