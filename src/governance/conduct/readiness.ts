import { type Maturity, stepUp } from '../../domain/agent.ts';
import {
  actionsIn,
  type PromotionRule,
  type Readiness,
  type TrackRecord,
} from '../../domain/track-record.ts';

/** Whether a record argues for one step up, by the owner's own measure. Never promotes anybody. */
export function readinessOf(
  maturity: Maturity,
  { counted }: Pick<TrackRecord, 'counted'>,
  rule: PromotionRule,
): Readiness {
  const to = stepUp(maturity);
  if (to === undefined) return { ready: false, missing: [] };
  const done = actionsIn(counted);
  const missing = [
    ...(done < rule.actions ? [`${done} of ${rule.actions} actions`] : []),
    ...tooMany(counted.denied, rule.denied, 'denied'),
    ...tooMany(counted.undone, rule.undone, 'undone'),
    ...tooMany(counted.harmful, 0, 'marked harmful'),
  ];
  return { to, ready: missing.length === 0, missing };
}

/** The verdict in one line: `ready for supervised: 52 actions, 0 denied, 0 undone in 14 days`. */
export function verdictWords(
  { to, ready, missing }: Readiness,
  { counted, days }: Pick<TrackRecord, 'counted' | 'days'>,
): string {
  if (to === undefined) return 'at the highest maturity';
  if (!ready) return `not ready for ${to}: ${missing.join(', ')} in ${days} days`;
  const { denied, undone } = counted;
  return `ready for ${to}: ${actionsIn(counted)} actions, ${denied} denied, ${undone} undone in ${days} days`;
}

const tooMany = (count: number, most: number, what: string): readonly string[] =>
  count > most ? [`${count} ${what}${most > 0 ? ` (at most ${most})` : ''}`] : [];
