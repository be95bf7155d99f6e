import { type Clock, clockTime } from '../../base/clock.ts';
import { redact } from '../../base/redact.ts';
import { visible } from '../../base/visible.ts';
import type {
  Answer,
  AnswerResult,
  Approval,
  ApprovalState,
  Decider,
} from '../../domain/approval.ts';
import type { Store } from '../../domain/store.ts';
import { yesWords } from '../../domain/typed-answer.ts';
import { findApproval } from '../../store/tables/approvals.ts';
import type { SecondFactor } from '../second-factor/second-factor.ts';
import type { Settle } from './settle.ts';

export interface AnsweringDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly factor: Pick<SecondFactor, 'check'>;
}

/** Takes an answer where it may count: still in time, typed and proven where the card wants that. */
export async function answerWith(
  { store, clock, factor }: AnsweringDeps,
  settle: Settle,
  answer: Answer,
): Promise<AnswerResult> {
  const approval = await findApproval(store, answer.ref);
  if (!approval)
    return { ok: false, reason: 'unknown', message: `Nothing called ${answer.ref} is waiting.` };
  const refusal = refusalOf(approval, answer, clock.now());
  if (refusal) return refusal;
  // Spent before anything is decided: a code that was given for this question serves no other.
  const wrong = await codeRefusal(factor, approval, answer);
  if (wrong) return wrong;
  const state = answer.verdict === 'approve' ? 'approved' : 'denied';
  const { by, reason } = answer;
  const why =
    state === 'approved' || reason === undefined ? {} : { reason: visible(redact(reason)) };
  if (await settle(approval, { state, by, ...why, alone: answer.step === true })) {
    return { ok: true, approval: { ...approval, state, decidedBy: by } };
  }
  return {
    ok: false,
    reason: 'decided',
    message: `${approval.card.code} was decided a moment ago.`,
  };
}

function refusalOf(approval: Approval, answer: Answer, now: number): AnswerResult | undefined {
  const { code, factor } = approval.card;
  if (approval.state !== 'pending') {
    const when = approval.decidedAt ? ` at ${clockTime(approval.decidedAt)}` : '';
    return { ok: false, reason: 'decided', message: `${code} was ${WAS[approval.state]}${when}.` };
  }
  if (approval.expiresAt <= now)
    return { ok: false, reason: 'expired', message: `${code} has expired.` };
  if (answer.verdict === 'deny') return undefined;
  const isGrave = approval.card.kind === 'trust' || factor !== 'tap';
  if (isGrave && holdsOnlyAKey(answer.by)) return ONLY_BY_OWNER;
  if (factor === 'tap') return undefined;
  if (!answer.typed) {
    return {
      ok: false,
      reason: 'needs-typed',
      message: `Type ${code} to approve this: it cannot be undone by a slip.`,
    };
  }
  if (factor === 'totp' && answer.code === undefined) {
    return {
      ok: false,
      reason: 'needs-code',
      message: `${code} needs the six digits of your authenticator too: ${yesWords(approval.card)}`,
    };
  }
  return undefined;
}

/** A device or a program: it gives no trust, to others or to itself, and one left lying about decides nothing critical. */
const holdsOnlyAKey = ({ surface }: Decider): boolean =>
  surface === 'device' || surface === 'program';

const ONLY_BY_OWNER: AnswerResult = {
  ok: false,
  reason: 'not-here',
  message: 'A device cannot say yes to this: decide at the terminal, or in your own chat.',
};

/** A no needs no code, and neither does a yes to a card that asks for none. */
async function codeRefusal(
  factor: Pick<SecondFactor, 'check'>,
  { id, card }: Approval,
  { verdict, code }: Answer,
): Promise<AnswerResult | undefined> {
  if (verdict === 'deny' || card.factor !== 'totp') return undefined;
  const checked = await factor.check(code ?? '', id);
  if (checked.ok) return undefined;
  const { reason, message } = checked;
  if (reason === 'not-enrolled')
    return { ok: false, reason: 'wrong-code', message: NO_FACTOR_NOW(card.code) };
  return { ok: false, reason: reason === 'locked' ? 'locked' : 'wrong-code', message };
}

const NO_FACTOR_NOW = (code: string): string =>
  `${code} was asked while there was a second factor, and there is none now. Say no, and ask again.`;

const WAS: Readonly<Record<ApprovalState, string>> = {
  pending: 'asked',
  batched: 'asked with another',
  approved: 'approved',
  // Spent before it is done: how that ends is not known here.
  used: 'approved',
  denied: 'denied',
  expired: 'left unanswered and expired',
  void: 'withdrawn',
};
