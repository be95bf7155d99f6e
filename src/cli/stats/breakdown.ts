import { readBreakdown, requireAnalytics } from '../../assembly/analytics/read.ts';
import { systemClock } from '../../base/clock.ts';
import { AtomError, asAtomError } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import type { Breakdown, BreakdownWish, Dimension } from '../../domain/breakdown.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { readRecord } from '../record.ts';
import { settingsUsers } from '../users/known.ts';
import { csvOf } from './csv.ts';
import { drawBreakdown } from './draw-breakdown.ts';
import { daysOf, type StatsWish } from './span.ts';

export interface ByWish extends StatsWish {
  readonly by: Dimension;
  readonly user?: string;
  /** Lines for a spreadsheet instead of a picture. */
  readonly csv: boolean;
}

/**
 * How much there was, told apart. Reads the record itself where no gateway runs. Throws AtomError `blocked` in the
 * personal edition, `usage` for a time that is none, `not-found` where nothing is on record.
 */
export async function showBreakdown(cli: Cli, { by, user, csv, ...times }: ByWish): Promise<void> {
  const whose = user === undefined ? {} : { user };
  const found = await find(cli, { by, ...daysOf(times, systemClock.now()), ...whose });
  if (cli.out.json) return cli.out.object({ ...found });
  for (const line of csv ? csvOf(found) : drawBreakdown(found, cli.out))
    cli.out.data(cli.out.plain && !csv ? line.replaceAll('…', '~') : line);
  if (found.behind > 0)
    cli.out.warn(
      `${found.behind} entries of the record are not counted yet: ask again in a while.`,
    );
}

async function find(cli: Cli, wish: BreakdownWish): Promise<Breakdown> {
  try {
    return await withGateway(cli, false, (gateway) => gateway.request('stats.by', wish));
  } catch (thrown) {
    if (asAtomError(thrown).code !== 'not-running') throw thrown;
  }
  const config = await loadConfig(cli.paths, cli.env);
  requireAnalytics(config);
  const prices = { models: config.models, currency: config.limits.currency };
  const found = await readRecord(cli, async (sql) =>
    readBreakdown({ sql, users: await settingsUsers(cli, sql) }, wish, prices),
  );
  if (found) return found;
  throw new AtomError('not-found', 'Nothing is on record in this profile yet.', {
    next: ['It begins with the first start:   atom start'],
  });
}
