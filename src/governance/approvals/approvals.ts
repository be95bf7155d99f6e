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
import { decideApproval, findApproval, insertApproval } from '../../store/tables/approvals.ts';
import type { Audit } from '../audit/append.ts';
import { createWaiting, type Settled } from './waiting.ts';

export interface ApprovalDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly audit: Audit;
  /** Names this run of the gateway: questions of another one count no more. */
  readonly boot: string;
}

export interface Approvals {
  /** Puts the question and waits; never longer than it is valid. Aborting makes it void. */
  ask(approval: Approval, signal: AbortSignal): Promise<Settled>;
  answer(answer: Answer): Promise<AnswerResult>;
  /** Tells those who wait and those who watch what another transaction has put on record as denied. */
  denied(approvals: readonly Approval[]): void;
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
    denied: (approvals) => {
      for (const { id } of approvals) waiting.settle(id, 'denied');
      for (const approval of approvals) deps.bus.tell('approval.decided', approval);
    },
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
  { store, clock }: ApprovalDeps,
  settle: Settle,
  answer: Answer,
): Promise<AnswerResult> {
  const approval = await findApproval(store, answer.ref);
  if (!approval)
    return { ok: false, reason: 'unknown', message: `Nothing called ${answer.ref} is waiting.` };
  const refusal = refusalOf(approval, answer, clock.now());
  if (refusal) return refusal;
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
  if (answer.verdict === 'approve' && factor === 'typed' && !answer.typed) {
    return {
      ok: false,
      reason: 'needs-typed',
      message: `Type ${code} to approve this: it cannot be undone by a slip.`,
    };
  }
  return undefined;
}

const WAS: Readonly<Record<ApprovalState, string>> = {
  pending: 'asked',
  approved: 'approved',
  used: 'approved and done',
  denied: 'denied',
  expired: 'left unanswered and expired',
  void: 'withdrawn',
};
