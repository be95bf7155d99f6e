import type { ApprovalState } from '../../domain/approval.ts';

/** How a question ended. */
export type Settled = Extract<ApprovalState, 'approved' | 'denied' | 'expired' | 'void'>;

interface Waiter {
  readonly resolve: (state: Settled) => void;
  readonly reject: (error: unknown) => void;
}

/** Those who wait for an answer, by approval id. */
export function createWaiting(): {
  expect(id: string): Promise<Settled>;
  settle(id: string, state: Settled): void;
  fail(id: string, error: unknown): void;
} {
  const waiters = new Map<string, Waiter>();
  const take = (id: string): Waiter | undefined => {
    const waiter = waiters.get(id);
    waiters.delete(id);
    return waiter;
  };
  return {
    expect: (id) => new Promise((resolve, reject) => waiters.set(id, { resolve, reject })),
    settle: (id, state) => take(id)?.resolve(state),
    fail: (id, error) => take(id)?.reject(error),
  };
}
