import type { ActionRequest } from './action.ts';
import type { Card } from './card.ts';

export type ApprovalState =
  | 'pending'
  /** Like another that is pending, and answered with it: its words are on that one's card. */
  | 'batched'
  | 'approved'
  | 'used'
  | 'denied'
  | 'expired'
  | 'void';

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
  /** Whose message led here (`telegram/42`), or who asks by itself: nobody may fill the owner's desk. */
  readonly asker: string;
  /** The same for every request that asks for the same thing, whatever its id. */
  readonly likeness: string;
  /** The question that this one is answered with. */
  readonly head?: string;
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
  /** With a no: why, for whoever asked and for the record. */
  readonly reason?: string;
  /** Deny and also stop the task that asked. */
  readonly stop?: boolean;
  /** Approve the first of several like requests only, and be asked about the others one by one. */
  readonly step?: boolean;
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
