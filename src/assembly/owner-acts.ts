import { newId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import type { Outcome, Perform } from '../domain/action.ts';
import type { Answer, AnswerResult, Approval, Decider } from '../domain/approval.ts';
import type { Records } from './record.ts';

/** What the owner gave along with an act of trust, so that the question it raises is answered. */
export interface OwnerProof {
  readonly by: Decider;
  /** A code of the second factor, where one is enrolled. */
  readonly code?: string;
}

/**
 * Does something that only the owner may do: promote, widen, resume. It passes the governor like
 * everything else; the question it raises is answered at once with what the owner gave, and a wrong
 * code leaves nothing done.
 */
export type OwnerAct = (
  act: { readonly action: string; readonly resource: Json },
  proof: OwnerProof,
) => Promise<Outcome>;

export const createOwnerActs =
  ({ bus, approvals }: Records, performAsOwner: Perform): OwnerAct =>
  async (act, { by, code }) => {
    const id = newId();
    const stop = new AbortController();
    let refusal: (AnswerResult & { readonly ok: false }) | undefined;
    const answer = async (approval: Approval): Promise<void> => {
      if (approval.request.id !== id) return;
      const yes: Answer = { ref: approval.id, verdict: 'approve', by, typed: true };
      const result = await approvals.answer(code === undefined ? yes : { ...yes, code });
      if (result.ok) return;
      refusal = result;
      stop.abort();
    };
    const unsubscribe = bus.on('approval.asked', (approval) => {
      answer(approval).catch(() => stop.abort());
    });
    try {
      const outcome = await performAsOwner({ id, ...act, context: {} }, { signal: stop.signal });
      if (outcome.ok || !refusal) return outcome;
      return { ok: false, reason: 'denied', message: refusal.message };
    } finally {
      unsubscribe();
    }
  };
