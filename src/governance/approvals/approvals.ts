import type { Clock } from '../../base/clock.ts';
import { clockTime } from '../../base/clock.ts';
import type { Bus } from '../../bus/bus.ts';
import type { Answer, AnswerResult, Approval, ApprovalState } from '../../domain/approval.ts';
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
}

/** Questions to the owner and the one place where they are answered. First answer wins. */
export function createApprovals(deps: ApprovalDeps): Approvals {
  const waiting = createWaiting();
  const settle = async (
    approval: Approval,
    state: Settled,
    by?: Approval['decidedBy'],
  ): Promise<boolean> => {
    const at = deps.clock.now();
    const decided = by ? { state, by, at } : { state, at };
    const won = await deps.store.tx(async (sql) => {
      if (!(await decideApproval(sql, approval.id, decided))) return false;
      await deps.audit(sql, `approval.${state}`, {
        id: approval.id,
        digest: approval.digest,
        by: by ? { ...by } : null,
      });
      return true;
    });
    if (won) {
      // First those who wait: a listener that fails must not leave them waiting.
      waiting.settle(approval.id, state);
      deps.bus.tell('approval.decided', {
        ...approval,
        state,
        decidedAt: at,
        ...(by ? { decidedBy: by } : {}),
      });
    }
    return won;
  };
  return {
    ask: async (approval, signal) => {
      const settled = waiting.expect(approval.id);
      await deps.store.tx(async (sql) => {
        await insertApproval(sql, approval, deps.boot);
        await deps.audit(sql, 'approval.asked', {
          id: approval.id,
          code: approval.card.code,
          digest: approval.digest,
          words: [...approval.card.words],
        });
      });
      deps.bus.tell('approval.asked', approval);
      const end = (state: Settled) => (): void => {
        settle(approval, state).catch((error: unknown) => waiting.fail(approval.id, error));
      };
      const timer = setTimeout(end('expired'), Math.max(0, approval.expiresAt - deps.clock.now()));
      const onAbort = end('void');
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      try {
        return await settled;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      }
    },
    answer: async (answer) => {
      const approval = await findApproval(deps.store, answer.ref);
      const refusal = refusalOf(approval, answer, deps.clock.now());
      if (refusal || !approval) return refusal ?? unknown(answer.ref);
      const state = answer.verdict === 'approve' ? 'approved' : 'denied';
      if (!(await settle(approval, state, answer.by))) {
        return {
          ok: false,
          reason: 'decided',
          message: `${approval.card.code} was decided a moment ago.`,
        };
      }
      return { ok: true, approval: { ...approval, state, decidedBy: answer.by } };
    },
  };
}

const unknown = (ref: string): AnswerResult => ({
  ok: false,
  reason: 'unknown',
  message: `Nothing called ${ref} is waiting.`,
});

function refusalOf(
  approval: Approval | undefined,
  answer: Answer,
  now: number,
): AnswerResult | undefined {
  if (!approval) return unknown(answer.ref);
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
