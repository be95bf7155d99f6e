import type { Approval, Decider } from '../../domain/approval.ts';
import type { Settled } from './waiting.ts';

/** How a question ends. */
export interface End {
  readonly state: Settled;
  readonly by?: Decider;
  /** Why not, as the owner said it; without secrets. */
  readonly reason?: string;
  /** Those put with it are withdrawn, not answered. */
  readonly alone?: boolean;
}

/** Ends a question, once. False where it had ended before. */
export type Settle = (approval: Approval, end: End) => Promise<boolean>;
