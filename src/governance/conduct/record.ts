import type { Sql } from '../../domain/store.ts';
import {
  actionsIn,
  type CapabilityRecord,
  noTally,
  type PromotionRule,
  sumOf,
  type Tally,
  type TrackRecord,
} from '../../domain/track-record.ts';
import { actionsPerDay, maturitySince, tallies } from '../../store/tables/conduct.ts';

const DAY_MS = 86_400_000;

/** Everything that an agent's record says at a time; milliseconds since 1970. */
export async function readRecord(
  sql: Sql,
  agent: string,
  { days, now }: Pick<PromotionRule, 'days'> & { readonly now: number },
): Promise<TrackRecord> {
  const from = now - days * DAY_MS;
  const recent = await tallies(sql, { agent, since: from });
  const ever = await tallies(sql, { agent, since: 0 });
  return {
    days,
    ...(await readCounted(sql, agent, { days, now })),
    perDay: await actionsPerDay(sql, agent, { now, days }),
    recent: total(recent),
    ever: total(ever),
    capabilities: byCapability(recent, ever),
  };
}

/** What counts for a promotion. What earned the maturity that it has does not earn the next one too. */
export async function readCounted(
  sql: Sql,
  agent: string,
  { days, now }: Pick<PromotionRule, 'days'> & { readonly now: number },
): Promise<Pick<TrackRecord, 'counted' | 'since'>> {
  const since = await maturitySince(sql, agent);
  const from = Math.max(now - days * DAY_MS, since);
  return { since, counted: total(await tallies(sql, { agent, since: from })) };
}

const total = (all: ReadonlyMap<string, Tally>): Tally => [...all.values()].reduce(sumOf, noTally);

function byCapability(
  recent: ReadonlyMap<string, Tally>,
  ever: ReadonlyMap<string, Tally>,
): readonly CapabilityRecord[] {
  return [...ever]
    .map(([capability, tally]) => ({
      capability,
      recent: recent.get(capability) ?? noTally,
      ever: tally,
    }))
    .sort(
      (a, b) =>
        actionsIn(b.recent) - actionsIn(a.recent) ||
        actionsIn(b.ever) - actionsIn(a.ever) ||
        (a.capability < b.capability ? -1 : 1),
    );
}
