import type { Clock } from '../../base/clock.ts';
import type { Bus } from '../../bus/bus.ts';
import type { Answer, AnswerResult, Approval } from '../../domain/approval.ts';
import type { Store } from '../../domain/store.ts';
import {
  countPending,
  decideApproval,
  decideBatch,
  insertApproval,
} from '../../store/tables/approvals.ts';
import type { Audit } from '../audit/append.ts';
import type { SecondFactor } from '../second-factor/second-factor.ts';
import { answerWith } from './answering.ts';
import type { End, Settle } from './settle.ts';
import { createWaiting, type Settled, type Settlement } from './waiting.ts';

export interface ApprovalDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly factor: Pick<SecondFactor, 'check'>;
  /** Names this run of the gateway: questions of another one count no more. */
  readonly boot: string;
}

/** A question, and like ones of the same task that are answered with it. */
export interface Put {
  readonly approval: Approval;
  readonly others: readonly Approval[];
}

export interface Approvals {
  /**
   * Puts the question and waits; never longer than it is valid. Aborting makes it void. `full`: too
   * many wait already, and this one was not put.
   */
  ask(put: Put, signal: AbortSignal): Promise<Settlement | { readonly state: 'full' }>;
  answer(answer: Answer): Promise<AnswerResult>;
  /** Tells those who wait and those who watch what another transaction has put on record as denied. */
  denied(approvals: readonly Approval[]): void;
}

/** More questions than these nobody reads with care. */
const MOST_OWN = 3;
const MOST_ALL = 10;

/** Questions to the owner and the one place where they are answered. First answer wins. */
export function createApprovals(deps: ApprovalDeps): Approvals {
  const waiting = createWaiting();
  const settle: Settle = async (approval, end) => {
    const { state, by, reason } = end;
    const at = deps.clock.now();
    if (!(await record(deps, approval, { ...end, at }))) return false;
    // First those who wait: a listener that fails must not leave them waiting.
    waiting.settle(approval.id, state, reason);
    const decided = by ? { state, decidedAt: at, decidedBy: by } : { state, decidedAt: at };
    deps.bus.tell('approval.decided', { ...approval, ...decided });
    return true;
  };
  return {
    ask: async ({ approval, others }, signal) => {
      const settled = waiting.expect(approval.id);
      if (!(await put(deps, { approval, others }))) {
        waiting.settle(approval.id, 'void');
        return { state: 'full' };
      }
      const stop = endInTime(deps, { approval, settle, waiting }, signal);
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

/** Puts a question on record and tells whoever shows it. False where too many wait already. */
async function put(
  { store, audit, boot, bus }: ApprovalDeps,
  { approval, others }: Put,
): Promise<boolean> {
  const { asker } = approval;
  const isPut = await store.tx(async (sql) => {
    const { own, all } = await countPending(sql, asker);
    if (own >= MOST_OWN || all >= MOST_ALL) return false;
    for (const one of [approval, ...others]) {
      const { id, digest, card, head } = one;
      await insertApproval(sql, one, boot);
      const body = { id, code: card.code, digest, words: [...card.words] };
      await audit(sql, 'approval.asked', head === undefined ? body : { ...body, head });
    }
    return true;
  });
  if (isPut) bus.tell('approval.asked', approval);
  return isPut;
}

/** Puts an end on record, unless there was one before. */
const record = (
  { store, audit }: ApprovalDeps,
  { id, digest }: Approval,
  { alone, reason, ...decided }: End & { readonly at: number },
): Promise<boolean> =>
  store.tx(async (sql) => {
    if (!(await decideApproval(sql, id, decided))) return false;
    const by = decided.by ? { ...decided.by } : null;
    const why = reason === undefined ? {} : { reason };
    await audit(sql, `approval.${decided.state}`, { id, digest, by, ...why });
    const rest = alone ? { ...decided, state: 'void' as const } : decided;
    for (const other of await decideBatch(sql, id, rest))
      await audit(sql, `approval.${rest.state}`, { id: other.id, digest: other.digest, by });
    return true;
  });

interface Open {
  readonly approval: Approval;
  readonly settle: Settle;
  readonly waiting: ReturnType<typeof createWaiting>;
}

/** Ends a question at its time, or when the task that asked is stopped. Returns how to call that off. */
function endInTime(
  { clock }: ApprovalDeps,
  { approval, settle, waiting }: Open,
  signal: AbortSignal,
): () => void {
  const end = (state: Settled) => (): void => {
    settle(approval, { state })
      // Whoever ended it, nobody waits for it any longer.
      .then(() => waiting.settle(approval.id, state))
      .catch((error: unknown) => waiting.fail(approval.id, error));
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
