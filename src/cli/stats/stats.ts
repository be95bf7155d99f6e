import { readStats } from '../../assembly/stats/read-stats.ts';
import { systemClock } from '../../base/clock.ts';
import { AtomError, asAtomError } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import type { LiveStats } from '../../domain/live-stats.ts';
import type { Stats } from '../../domain/stats.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { readRecord } from '../record.ts';
import { drawStats } from './draw.ts';
import { drawLive } from './draw-live.ts';
import { type StatsWish, spanOf, type Wanted } from './span.ts';

/** What the gateway answers; without one, what the record itself tells. */
interface Found {
  readonly stats: Stats;
  readonly live?: LiveStats;
}

/**
 * How much there was since some time ago, and how the running gateway does. Reads the record itself where
 * none runs. Throws AtomError `usage` for a time that is none, `not-found` where nothing is on record.
 */
export async function showStats(cli: Cli, wish: StatsWish): Promise<void> {
  const { stats, live } = await find(cli, spanOf(wish, systemClock.now()));
  if (cli.out.json) return cli.out.object({ ...stats, live: live ?? null });
  tell(cli, drawStats(stats, cli.out));
  if (live === undefined)
    return cli.out.hint('No gateway runs, so how it does now is left out: atom start');
  tell(cli, drawLive(live, cli.out, systemClock.now()));
}

function tell({ out }: Cli, lines: readonly string[]): void {
  for (const line of lines) out.data(out.plain ? line.replaceAll('…', '~') : line);
}

async function find(cli: Cli, { since, until }: Wanted): Promise<Found> {
  try {
    return await withGateway(cli, false, (gateway) => gateway.request('stats', { since, until }));
  } catch (thrown) {
    if (asAtomError(thrown).code !== 'not-running') throw thrown;
  }
  const { models, limits } = await loadConfig(cli.paths, cli.env);
  const span = { since, until: until ?? systemClock.now(), cut: until !== undefined };
  const prices = { models, currency: limits.currency };
  const stats = await readRecord(cli, (sql) => readStats(sql, span, prices));
  if (stats) return { stats };
  throw new AtomError('not-found', 'Nothing is on record in this profile yet.', {
    next: ['It begins with the first start:   atom start'],
  });
}
