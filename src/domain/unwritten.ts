import type { TranscriptEntry } from './session.ts';
import type { Sql } from './store.ts';

/** What was said in a conversation and is yet to be written: it is, in the transaction of what happens next. */
export interface Unwritten {
  /** True while there is something of it. */
  left(): boolean;
  /** Writes it, in order, within the caller's transaction. Where that does not stand, all of it is left. */
  put(sql: Sql): Promise<void>;
  /** Called once that transaction stands. */
  stands(): void;
}

/** What one turn says and leaves unwritten. A crash takes it along, and then the turn is taken again. */
export interface Draft extends Unwritten {
  /** Says something more: whoever reads the conversation sees it at once. */
  say(entry: Omit<TranscriptEntry, 'seq'>): void;
  /** Nobody sees it any more, whatever is left of it: its turn is over. */
  drop(): void;
}
