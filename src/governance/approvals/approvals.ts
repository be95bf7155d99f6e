import { type Clock, clockTime } from '../../base/clock.ts';
import type { Bus } from '../../bus/bus.ts';
import type {
  Answer,
  AnswerResult,
  Approval,
  ApprovalState,
  Decider,
} from '../../domain/approval.ts';
import type { Store } from '../../domain/store.ts';
import { yesWords } from '../../domain/typed-answer.ts';
import { decideApproval, findApproval, insertApproval } from '../../store/tables/approvals.ts';
import type { Audit } from '../audit/append.ts';
import type { SecondFactor } from '../second-factor/second-factor.ts';
import { createWaiting, type Settled } from './waiting.ts';

export interface ApprovalDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly factor: Pick<SecondFactor, 'check'>;
  /** Names this run of the gateway: questions of another one count no more. */
  readonly boot: string;
}

export interface Approvals {
  /** Puts the question and waits; never longer than it is valid. Aborting makes it void. */
  ask(approval: Approval, signal: AbortSignal): Promise<Settled>;
  answer(answer: Answer): Promise<AnswerResult>;
}

type Settle = (approval: Approval, state: Settled, by?: Decider) => Promise<boolean>;

/** Questions to the owner and the one place where they are answered. First answer wins. */
export function createApprovals(deps: ApprovalDeps): Approvals {
  const waiting = createWaiting();
  const settle: Settle = async (approval, state, by) => {
    const decided = { state, at: deps.clock.now(), ...(by ? { by } : {}) };
    if (!(await record(deps, approval, decided))) return false;
    // First those who wait: a listener that fails must not leave them waiting.
    waiting.settle(approval.id, state);
    const { at: decidedAt } = decided;
    deps.bus.tell('approval.decided', {
      ...approval,
      state,
      decidedAt,
      ...(by ? { decidedBy: by } : {}),
    });
    return true;
  };
  return {
    ask: async (approval, signal) => {
      const settled = waiting.expect(approval.id);
      await put(deps, approval);
      const stop = endInTime(deps, { approval, settle, fail: waiting.fail }, signal);
      try {
        return await settled;
      } finally {
        stop();
      }
    },
    answer: (answer) => answerWith(deps, settle, answer),
  };
}

/** Puts a question on record and tells whoever shows it. */
async function put({ store, audit, boot, bus }: ApprovalDeps, approval: Approval): Promise<void> {
  const { id, digest, card } = approval;
  await store.tx(async (sql) => {
    await insertApproval(sql, approval, boot);
    await audit(sql, 'approval.asked', { id, code: card.code, digest, words: [...card.words] });
  });
  bus.tell('approval.asked', approval);
}

/** Puts an end on record, unless there was one before. */
const record = (
  { store, audit }: ApprovalDeps,
  { id, digest }: Approval,
  decided: { readonly state: Settled; readonly at: number; readonly by?: Decider },
): Promise<boolean> =>
  store.tx(async (sql) => {
    if (!(await decideApproval(sql, id, decided))) return false;
    const by = decided.by ? { ...decided.by } : null;
    await audit(sql, `approval.${decided.state}`, { id, digest, by });
    return true;
  });

interface Open {
  readonly approval: Approval;
  readonly settle: Settle;
  readonly fail: (id: string, error: unknown) => void;
}

/** Ends a question at its time, or when the task that asked is stopped. Returns how to call that off. */
function endInTime(
  { clock }: ApprovalDeps,
  { approval, settle, fail }: Open,
  signal: AbortSignal,
): () => void {
  const end = (state: Settled) => (): void => {
    settle(approval, state).catch((error: unknown) => fail(approval.id, error));
  };
  const timer = setTimeout(end('expired'), Math.max(0, approval.expiresAt - clock.now()));
  const onAbort = end('void');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
}

async function answerWith(
  { store, clock, factor }: ApprovalDeps,
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
  if (await settle(approval, state, answer.by)) {
    return { ok: true, approval: { ...approval, state, decidedBy: answer.by } };
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
  if (answer.verdict === 'deny' || factor === 'tap') return undefined;
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
  approved: 'approved',
  used: 'approved and done',
  denied: 'denied',
  expired: 'left unanswered and expired',
  void: 'withdrawn',
};
