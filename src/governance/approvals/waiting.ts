import type { ApprovalState } from '../../domain/approval.ts';

/** How a question ended. */
export type Settled = Extract<ApprovalState, 'approved' | 'denied' | 'expired' | 'void'>;

/** The same, with what the owner said of it. */
export interface Settlement {
  readonly state: Settled;
  readonly reason?: string;
}

interface Waiter {
  readonly resolve: (end: Settlement) => void;
  readonly reject: (error: unknown) => void;
}

/** Those who wait for an answer, by approval id. */
export function createWaiting(): {
  expect(id: string): Promise<Settlement>;
  settle(id: string, state: Settled, reason?: string): void;
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
    settle: (id, state, reason) =>
      take(id)?.resolve(reason === undefined ? { state } : { state, reason }),
    fail: (id, error) => take(id)?.reject(error),
  };
}
