import type { ActionRequest } from './action.ts';
import type { Card } from './card.ts';

export type ApprovalState = 'pending' | 'approved' | 'used' | 'denied' | 'expired' | 'void';

/** Who decided, and where. `id` is the platform's unchangeable id. */
export interface Decider {
  readonly surface: string;
  readonly id: string;
}

/** One question to the owner: bound to one digest, single use, expiring. */
export interface Approval {
  readonly id: string;
  readonly digest: string;
  readonly request: ActionRequest;
  readonly card: Card;
  readonly state: ApprovalState;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly decidedBy?: Decider;
  readonly decidedAt?: number;
}

export interface Answer {
  /** The approval's id or its four-character code. */
  readonly ref: string;
  readonly verdict: 'approve' | 'deny';
  readonly by: Decider;
  /** True where the card's code was typed out, not tapped. */
  readonly typed: boolean;
  /** A code of the second factor, for cards that need one. */
  readonly code?: string;
  /** Deny and also stop the task that asked. */
  readonly stop?: boolean;
}

/** How an answer was taken. Expected refusals are values. */
export type AnswerResult =
  | { readonly ok: true; readonly approval: Approval }
  | {
      readonly ok: false;
      readonly reason:
        | 'unknown'
        | 'decided'
        | 'expired'
        | 'needs-typed'
        | 'not-here'
        /** A code of the second factor is missing, was wrong, or none is taken for a while. */
        | 'needs-code'
        | 'wrong-code'
        | 'locked';
      readonly message: string;
    };
