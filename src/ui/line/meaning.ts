import type { StandChoice } from '../../domain/typed-answer.ts';
import type { Head } from '../card/armed.ts';

/** What waits for a line. */
export interface Asked {
  readonly head?: Head;
  /** When the card was printed, or a line came last; monotonic milliseconds. */
  readonly quietSince: number;
}

/** What a line is taken for. */
export type LineMeaning =
  | { readonly is: 'message'; readonly text: string }
  | {
      readonly is: 'answer';
      readonly head: Head;
      readonly verdict: 'approve' | 'deny';
      readonly stop: boolean;
      /** Of the second factor. */
      readonly code?: string;
      readonly step?: boolean;
      readonly stand?: StandChoice;
    }
  | { readonly is: 'details' }
  /** Nothing was decided; why, in words. */
  | { readonly is: 'hint'; readonly text: string }
  | { readonly is: 'nothing' };
