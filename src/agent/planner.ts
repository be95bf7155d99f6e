import type { ProviderPart, ToolCall, TranscriptItem, Used } from '../domain/session.ts';
import type { Tool } from '../domain/tool.ts';

/** What a planner is shown: the conversation so far, oldest first, and what it may ask for. */
export interface PlanInput {
  readonly session: string;
  /** Id of the event being answered; call ids are made from it. */
  readonly event: string;
  /** How many times the planner was asked in this turn before. */
  readonly step: number;
  /** How many further messages were taken into the turn so far. */
  readonly more: number;
  /** True where the words are an owner's own: nobody else teaches it anything. */
  readonly own: boolean;
  readonly transcript: readonly TranscriptItem[];
  readonly tools: readonly Tool[];
}

/**
 * What to do next. Calls are made and the planner is asked again with what came of them; without
 * calls the text is the reply and the turn ends.
 */
export interface Plan {
  readonly text: string;
  /** How the text is written; absent for words that mean just what they say. */
  readonly format?: 'markdown';
  readonly calls: readonly ToolCall[];
  /** What the model's provider wants back with it. */
  readonly provider?: ProviderPart;
  /** What atom says to the reader along with it. */
  readonly aside?: string;
  /** Where the model's provider counts. */
  readonly used?: Used;
}

/** What is to be summed up. */
export interface SumUp {
  readonly session: string;
  readonly event: string;
  /** The newest entry of it: names the question. */
  readonly through: number;
  readonly items: readonly TranscriptItem[];
  /** What it should not leave out, in the owner's words. */
  readonly focus?: string;
}

/** How much a planner can be told. In tokens, guessed. */
export interface Room {
  /** More than this is too much. */
  readonly most: number;
  /** How much a question would be, with everything but old results in full. */
  weigh(input: PlanInput): number;
  /** How much some items are. */
  guess(items: readonly TranscriptItem[]): number;
  /** A summary of the older part. Throws AtomError with words for the person asking. */
  sumUp(wish: SumUp, signal: AbortSignal): Promise<string>;
}

export interface Planner {
  /** `offline`, or the model's name. */
  readonly name: string;
  /**
   * What its answers may come from: all that was said, or only this turn (and the owner's own words
   * before it). Decides which labels they carry.
   */
  readonly sees: 'conversation' | 'turn';
  /** Absent where everything fits. */
  readonly room?: Room;
  /** Streams text through `onText` where it can. Throws AtomError with words for the person asking. */
  plan(input: PlanInput, signal: AbortSignal, onText: (text: string) => void): Promise<Plan>;
}
