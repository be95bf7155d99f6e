import type { Factor } from './decision.ts';
import type { Offer } from './standing-approval.ts';

/** What an executor tells about a request, raw. The governor sanitises it once, into a Card. */
export interface CardFacts {
  readonly kind: 'command' | 'line' | 'file' | 'network' | 'message' | 'skill' | 'model' | 'trust';
  /** The exact words, one an argument; a line as it was written; for other kinds one sentence. */
  readonly words: readonly string[];
  /** Absolute path of the program, where there is one. */
  readonly program?: string;
  readonly folder?: string;
  /** `work (read-write, no network)` */
  readonly jail?: string;
  /** What it could reach, derived from the jail and never from a model. */
  readonly may: readonly string[];
  readonly undo: string;
  /** A unified diff for file changes, or the text on standard input. */
  readonly detail?: string;
}

/** True for what is typed at a prompt, by its words or as a line. */
export const isCommand = (kind: CardFacts['kind']): boolean =>
  kind === 'command' || kind === 'line';

export type Risk = 'low' | 'medium' | 'high';

/**
 * What a person sees before deciding: the same object for every surface. Every text in it is already
 * safe to draw (see base/visible), complete, and made by atom; only `says` and `trigger` quote others.
 */
export interface Card {
  /** Internal id of the approval. */
  readonly id: string;
  /** Four characters that people type. */
  readonly code: string;
  readonly digest: string;
  readonly action: string;
  readonly kind: CardFacts['kind'];
  readonly risk: Risk;
  readonly factor: Factor;
  readonly words: readonly string[];
  /** The words of like requests of the same task, in their order: one yes is for all of them. */
  readonly others?: readonly (readonly string[])[];
  readonly program?: string;
  readonly folder?: string;
  readonly jail?: string;
  readonly may: readonly string[];
  readonly undo: string;
  readonly detail?: string;
  readonly why: readonly string[];
  readonly who: string;
  /** The model's stated reason, at most 200 characters. */
  readonly says?: string;
  /** First line of the message that led here. */
  readonly trigger?: string;
  /** Hidden or look-alike characters were found and written out. */
  readonly warnings: readonly string[];
  /** Standing approvals that could answer this from now on, narrowest first. */
  readonly offers?: readonly Offer[];
  /** What it takes to make one of them stand. */
  readonly offerFactor?: Factor;
  readonly askedAt: number;
  readonly expiresAt: number;
}
