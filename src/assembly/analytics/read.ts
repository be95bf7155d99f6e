import { AtomError } from '../../base/errors.ts';
import { type Edition, editionFacts } from '../../config/edition.ts';
import type { Breakdown, BreakdownRow, BreakdownWish, Dimension } from '../../domain/breakdown.ts';
import type { Sql } from '../../domain/store.ts';
import { CHAIN } from '../../governance/audit/tree.ts';
import { MILLION } from '../../governance/limits/settings.ts';
import { costOfTokens } from '../../llm/cost.ts';
import { allAgents } from '../../store/tables/agents.ts';
import { entriesBetween } from '../../store/tables/stats.ts';
import { type Cell, type TallySum, tallySums } from '../../store/tables/tally.ts';
import type { Prices } from '../stats/read-stats.ts';
import type { Users } from '../users.ts';
import { AT_ONCE, foldDeps, uncounted } from './count.ts';
import { FOLDED, fold, NO_COUNTS, sumOf } from './fold.ts';

/** What the owner and whoever has no user are called: no user may be. */
const OWNER = 'owner';
/** Of what is not counted yet, so much is counted while somebody waits. */
const MOST_NOW = 10 * AT_ONCE;

/** Throws AtomError `blocked` where the edition does not have use counted. */
export function requireAnalytics({ edition }: { readonly edition: Edition }): void {
  if (editionFacts[edition].analytics) return;
  throw new AtomError('blocked', 'Use is told apart in the enterprise edition alone.', {
    next: ['What an edition differs in:   atom edition', 'All of it together:   atom stats'],
  });
}

/** What there was, told apart: what is counted already, and the last of the record beside it. */
export async function readBreakdown(
  deps: { readonly sql: Sql; readonly users: Users },
  asked: BreakdownWish,
  { models, currency }: Prices,
): Promise<Breakdown> {
  const { sql } = deps;
  const wish = asked.user === OWNER ? { ...asked, user: '' } : asked;
  const { sums: fresh, behind } = await sumsNow(deps, wish);
  const nameOf = await namesOf(sql, wish.by);
  // By name and model first: what is not counted yet costs the same when it is.
  const sums = new Map<string, TallySum>();
  for (const { name: id, model, ...counts } of [...(await tallySums(sql, wish)), ...fresh]) {
    const name = nameOf(id);
    const key = JSON.stringify([name, model]);
    sums.set(key, { name, model, ...sumOf(sums.get(key) ?? NO_COUNTS, counts) });
  }
  const rows = new Map<string, BreakdownRow>();
  for (const { name, model, ...counts } of sums.values()) {
    // What was done without a model is no row of its own among models.
    if (wish.by === 'model' && model === '') continue;
    const before = rows.get(name) ?? { name, ...NO_COUNTS, money: 0 };
    const money = model === '' ? 0 : costOfTokens(model, counts, models) / MILLION;
    rows.set(name, { name, ...sumOf(before, counts), money: before.money + money });
  }
  const sorted = [...rows.values()].toSorted(
    wish.by === 'day' ? (a, b) => (a.name < b.name ? -1 : 1) : mostFirst,
  );
  return { ...asked, rows: sorted, currency, behind };
}

const mostFirst = (a: BreakdownRow, b: BreakdownRow): number =>
  b.money - a.money || b.input + b.output - a.input - a.output || b.actions - a.actions;

/** The sums of entries that are not counted yet, and how many of these are left out. */
async function sumsNow(
  deps: { readonly sql: Sql; readonly users: Users },
  wish: BreakdownWish,
): Promise<{ readonly sums: readonly TallySum[]; readonly behind: number }> {
  const wanted = await uncounted(deps.sql);
  if (!wanted || wanted.after >= wanted.last) return { sums: [], behind: 0 };
  const { after, last } = wanted;
  const upTo = Math.min(after + MOST_NOW, last);
  const entries = await entriesBetween(deps.sql, { chain: CHAIN, kinds: FOLDED, after, upTo });
  const { cells } = await fold(entries, foldDeps(deps));
  const sums = [...cells.values()]
    .filter(([cell]) => isWanted(cell, wish))
    .map(([cell, counts]) => ({ ...counts, model: cell.model, name: cell[wish.by] }));
  return { sums, behind: last - upTo };
}

const isWanted = ({ day, user }: Cell, wish: BreakdownWish): boolean =>
  day >= wish.since && day <= wish.until && (wish.user === undefined || user === wish.user);

/** How what has no name, or an id, is called. */
async function namesOf(sql: Sql, by: Dimension): Promise<(id: string) => string> {
  if (by === 'agent') {
    const names = new Map((await allAgents(sql)).map(({ id, name }) => [id, name]));
    return (id) => names.get(id) ?? (id || OWNER);
  }
  return (id) => id || (by === 'user' ? OWNER : 'none');
}
