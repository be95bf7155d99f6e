import type { AnswerResult, Approval } from '../domain/approval.ts';
import type { Lifetime, Offer, StandingApproval } from '../domain/standing-approval.ts';
import { findApproval } from '../store/tables/approvals.ts';
import type { OwnerAct, OwnerProof } from './owner-acts.ts';
import type { Records } from './record.ts';

/** Which of the offers on a card, and for how long. */
export interface Choice {
  /** The approval's id or code. */
  readonly ref: string;
  /** Counts from 0. */
  readonly offer: number;
  readonly lifetime: Lifetime;
}

export type Given =
  | { readonly ok: true; readonly given: StandingApproval; readonly approval?: Approval }
  | (AnswerResult & { readonly ok: false });

/** How the owner turns a question into a yes that stands. Expected refusals are values. */
export interface Stand {
  /** Gives what a card of the record offered, whatever came of its question. */
  give(choice: Choice, proof: OwnerProof): Promise<Given>;
  /** The same for a question that waits, and answers it with yes. */
  answer(choice: Choice, proof: OwnerProof): Promise<Given>;
}

export function createStand({ store, approvals }: Records, ownerAct: OwnerAct): Stand {
  const give: Stand['give'] = async ({ ref, offer: at, lifetime }, proof) => {
    const approval = await findApproval(store, ref);
    const offer = approval?.card.offers?.[at];
    if (!approval || !offer) return refused('unknown', missing(approval, ref));
    const by = `${proof.by.surface}/${proof.by.id}`;
    const resource = { offer: plain(offer), lifetime, by };
    const outcome = await ownerAct({ action: 'standing.give', resource }, proof);
    return outcome.ok
      ? { ok: true, given: outcome.value as unknown as StandingApproval }
      : // The owner asked for it: only a code that is missing or wrong makes that a no.
        refused(outcome.reason === 'denied' ? 'wrong-code' : 'not-here', outcome.message);
  };
  return {
    give,
    answer: async (choice, proof) => {
      const approval = await findApproval(store, choice.ref);
      const early = approval && notNow(approval);
      if (early) return early;
      const result = await give(choice, proof);
      if (!result.ok || !approval) return result;
      const yes = { ref: approval.id, verdict: 'approve', by: proof.by, typed: false } as const;
      return { ...result, ...answered(await approvals.answer(yes)) };
    },
  };
}

/** It stands, whether or not the question was still there to be answered. */
const answered = (result: AnswerResult): { readonly approval?: Approval } =>
  result.ok ? { approval: result.approval } : {};

/** Only a question that a tap answers: what needs more is answered by itself. */
function notNow({ card: { code, factor }, state }: Approval): Refused | undefined {
  if (state !== 'pending') return refused('decided', `${code} was decided before.`);
  if (factor === 'tap') return undefined;
  const how = `approve it once first, then: atom rules allow ${code}`;
  return refused('not-here', `${code} is high risk: ${how}`);
}

type Refused = AnswerResult & { readonly ok: false };

const refused = (reason: Refused['reason'], message: string): Refused => ({
  ok: false,
  reason,
  message,
});

const missing = (approval: Approval | undefined, ref: string): string =>
  approval === undefined
    ? `There is no approval called ${ref}.`
    : `${approval.card.code} is asked about every time: it has no such offer.`;

const plain = (offer: Offer) => ({ ...offer, words: [...offer.words] });
