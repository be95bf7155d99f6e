import { readStats } from '../../assembly/stats/read-stats.ts';
import type { Atom } from '../../atom.ts';
import { hintFor } from '../../base/hint.ts';
import { readHealth } from '../health/health.ts';
import type { Methods } from '../kernel.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

const pricesOf = ({ models, limits: { currency } }: Atom['options']['config']) => ({
  models,
  currency,
});

interface Gateway {
  readonly stopping: () => boolean;
  readonly webhooks: Pick<Webhooks, 'status'>;
}

/** How much there was, and how everything stands. */
export const statsMethods = (
  atom: Atom,
  { stopping, webhooks }: Gateway,
): Pick<Methods, 'stats' | 'stats.by' | 'health'> => ({
  stats: async ({ since, until }) => {
    const { clock, config, metrics } = atom.options;
    const span = { since, until: until ?? clock.now(), cut: until !== undefined };
    return {
      stats: await readStats(atom.records.store, span, pricesOf(config)),
      live: metrics.read(),
    };
  },
  'stats.by': async ({ user, ...wish }, caller) => {
    const { config } = atom.options;
    const { readBreakdown, requireAnalytics } = await import('../../assembly/analytics/read.ts');
    const { store: sql, users } = atom.records;
    requireAnalytics(config);
    // Whoever is a user is told of what is theirs, whomever they ask about.
    const of = caller.user ?? user;
    return readBreakdown({ sql, users }, { ...wish, user: of }, pricesOf(config));
  },
  health: async () => {
    const { profile } = atom.options.paths;
    const standing = { stopping: stopping(), webhooks: webhooks.status() };
    const { ok, checks } = await readHealth(atom, standing);
    return { ok, checks: checks.map((one) => ({ ...one, words: hintFor(profile, one.words) })) };
  },
});
