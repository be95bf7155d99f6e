import type { Json } from '../base/json.ts';
import type { Intent, Outcome } from '../domain/action.ts';
import type { Case } from './case.ts';
import { type Asked, noteStray } from './conduct/violation.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { outcomeOf, type Refused, reasonsIn, refused } from './request.ts';

/** Puts a refusal on the record and hands it back. */
export async function refuse(
  deps: GovernorDeps,
  intent: Intent,
  outcome: Refused,
  found?: Case,
): Promise<Outcome> {
  const body: Json = {
    intent: intent.id,
    action: intent.action,
    reason: outcome.reason,
    message: outcome.message,
    digest: found?.digest ?? null,
  };
  await deps.store.tx((sql) => deps.audit(sql, 'refused', body));
  deps.log.warn(`refused ${intent.action}: ${outcome.message}`, { reason: outcome.reason });
  return outcome;
}

/** Refuses what could not even be looked at, and notes where somebody tried to leave its jail. */
export async function refuseFault(
  deps: GovernorDeps,
  asked: Asked,
  error: unknown,
): Promise<Outcome> {
  await noteStray(deps, asked, error);
  return refuse(deps, asked.intent, outcomeOf(error));
}

/** Refuses what was decided against, and says in words why. */
export async function forbid(deps: GovernorDeps, intent: Intent, found: Case): Promise<Outcome> {
  const reason = reasonsIn(found.decision);
  await deps.conduct({ kind: 'refused', request: found.request, reason });
  return refuse(deps, intent, refused('policy', `Refused: ${reason}.`), found);
}
