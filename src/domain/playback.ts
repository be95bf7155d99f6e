import type { Json } from '../base/json.ts';
import type { ApprovalState } from './approval.ts';
import type { Card } from './card.ts';
import type { Verdict } from './decision.ts';
import type { Talk } from './session.ts';

/** One turn of a conversation as it is played back, in the order in which it happened. */
export interface PlayedTurn {
  /** The event that it answered. */
  readonly event: string;
  readonly steps: readonly PlayStep[];
}

/** Some of a conversation: one turn, and where the next one begins. */
export interface Played {
  readonly session: string;
  /** Of its first turn only. */
  readonly talk?: Talk;
  /** Absent after the last. */
  readonly turn?: PlayedTurn;
  /** Asks for the turn after it; absent where there was none. */
  readonly next?: number;
}

/** One thing that happened. `at`: milliseconds since 1970. */
export type PlayStep =
  | { readonly kind: 'message'; readonly at: number; readonly who: string; readonly text: string }
  /** What the planner said and what it wanted done. */
  | {
      readonly kind: 'planned';
      readonly at: number;
      readonly text: string;
      readonly calls: readonly { readonly tool: string; readonly input: Json }[];
      readonly final: boolean;
      readonly aside?: string;
    }
  | DecidedStep
  | { readonly kind: 'asked'; readonly at: number; readonly card: PlayedCard }
  /** What became of a question; `by` who said so, and where. */
  | {
      readonly kind: 'answered';
      readonly at: number;
      readonly code: string;
      readonly state: ApprovalState;
      readonly by?: string;
    }
  | EndedStep
  | { readonly kind: 'note'; readonly at: number; readonly text: string }
  | {
      readonly kind: 'summary';
      readonly at: number;
      readonly words: string;
      readonly text: string;
    };

/** What the governor said to something that was wanted. */
export interface DecidedStep {
  readonly kind: 'decided';
  readonly at: number;
  readonly action: string;
  /** What people call the run by; absent where it was not begun. */
  readonly run?: string;
  readonly words: readonly string[];
  readonly verdict: Verdict;
  readonly why: readonly string[];
  readonly complexity?: number;
  /** How an *ask* was released: by the code of an approval, or by one that stands. */
  readonly approval?: string;
  readonly standing?: string;
}

/** What came of something. */
export interface EndedStep {
  readonly kind: 'ended';
  readonly at: number;
  /** Absent for what no tool was called for: a question to a model, a reply, what a skill asked for. */
  readonly tool?: string;
  readonly action?: string;
  readonly run?: string;
  readonly ok: boolean;
  /** How, in words: `exit code 1`. */
  readonly end: string;
  readonly tookMs?: number;
  /** As the planner was told it. */
  readonly text: string;
  /** What it printed, its beginning and its end, where that is kept; `bytes` is all of it. */
  readonly printed?: { readonly text: string; readonly bytes: number };
}

/** Of a card, what people decide by. */
export type PlayedCard = Pick<
  Card,
  'code' | 'action' | 'kind' | 'risk' | 'factor' | 'words' | 'may' | 'undo' | 'why' | 'who'
> &
  Partial<Pick<Card, 'folder' | 'jail' | 'detail' | 'says'>>;
