import { stepUp } from '../../domain/agent.ts';
import type { PromotionRule, TrackRecord } from '../../domain/track-record.ts';
import { agentById, noteSuggested } from '../../store/tables/agents.ts';
import { type ConductDeps, tellChange } from './maturity.ts';
import { readinessOf, verdictWords } from './readiness.ts';
import { readCounted } from './record.ts';

/** Suggests a promotion where the record argues for it: once for each maturity, and never more than that. */
export async function suggestPromotion(
  deps: ConductDeps,
  agent: string,
  rule: PromotionRule,
): Promise<void> {
  const row = await agentById(deps.store, agent);
  const next = row && stepUp(row.maturity);
  if (!row || !next || row.suggested === next) return;
  const found: Pick<TrackRecord, 'counted' | 'days'> = {
    ...(await readCounted(deps.store, agent, { days: rule.days, now: deps.clock.now() })),
    days: rule.days,
  };
  const readiness = readinessOf(row.maturity, found, rule);
  if (!readiness.ready || !(await noteSuggested(deps.store, agent, next))) return;
  const why = `It is ${verdictWords(readiness, found)}. Look at its record: atom agents show ${agent}`;
  tellChange(deps, { agent, kind: 'suggested', from: row.maturity, to: next, why, by: 'atom' });
}
