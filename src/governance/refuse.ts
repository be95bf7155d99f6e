import { AtomError, asAtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Intent, Outcome } from '../domain/action.ts';
import type { Case } from './case.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { type Refused, refused } from './request.ts';

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

/** What an executor says cannot be done is an answer; what the store or a fault says is not. */
export function outcomeOf(error: unknown): Refused {
  const { code, message, next } = asAtomError(error);
  const words = [message, ...next].join('\n');
  if (code === 'blocked' || code === 'unavailable') return refused('blocked', words);
  if (error instanceof AtomError) return refused('failed', words);
  throw error;
}
