import { digestOf } from '../base/digest.ts';
import { AtomError, asAtomError } from '../base/errors.ts';
import { type Json, wellFormed } from '../base/json.ts';
import type { ActionRequest, Outcome, Prepared, RefusalReason } from '../domain/action.ts';
import type { Decision } from '../domain/decision.ts';
import type { Sourced } from '../domain/label.ts';

/** Changes whenever the meaning of a digest does, so that no old yes fits a new question. */
const POLICY_VERSION = 1;

/**
 * What an approval is bound to: who asks, for what exactly, in which session, and everything the
 * executor found out that decides what would happen.
 */
export const digestRequest = (request: ActionRequest, prepared: Prepared): string =>
  digestOf({
    policy: POLICY_VERSION,
    id: request.id,
    action: request.action,
    resource: request.resource,
    principal: { ...request.principal },
    session: request.context.session ?? null,
    event: request.context.event ?? null,
    facts: prepared.facts,
  } satisfies Json);

export type Refused = Outcome & { readonly ok: false };

export const refused = (reason: RefusalReason, message: string): Refused => ({
  ok: false,
  reason,
  message,
});

/** Why a decision is not a yes, in one sentence without its full stop. */
export const reasonsIn = ({ matches, verdict }: Decision): string =>
  matches
    .filter((match) => match.verdict === verdict)
    .map(({ why }) => why)
    .join('; ');

/** What an executor says cannot be done is an answer; what the store or a fault says is not. */
export function outcomeOf(error: unknown): Refused {
  const { code, message, next, own } = asAtomError(error);
  const words = [message, ...next].join('\n');
  if (code === 'blocked' || code === 'unavailable')
    return own ? { ...refused('blocked', words), own } : refused('blocked', words);
  if (error instanceof AtomError) return refused('failed', words);
  throw error;
}

/** What a run comes to whose executor gave something back. */
export const outcomeOfValue = (value: Json): Outcome => ({ ok: true, value: wellFormed(value) });

/** What a run comes to whose executor threw. */
export function outcomeOfThrown(error: unknown, signal: AbortSignal): Outcome {
  const { code, message, next, elsewhere, quotes } = asAtomError(error);
  const reason = signal.aborted
    ? 'stopped'
    : code === 'blocked' || code === 'unavailable'
      ? 'blocked'
      : 'failed';
  const failed = refused(reason, [message, ...next].join('\n').toWellFormed());
  const unbegun = reason !== 'stopped' && (code === 'unavailable' || elsewhere);
  return {
    ...failed,
    ...(unbegun && { ending: 'start' }),
    ...(quotes && { from: wordsOf(quotes) }),
  };
}

const wordsOf = (whose: string): Sourced => ({
  labels: { integrity: 'untrusted', confidentiality: 'private' },
  source: `an error message of ${whose}`,
});
