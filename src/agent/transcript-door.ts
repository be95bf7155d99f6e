import type { Summary, TranscriptEntry } from '../domain/session.ts';
import type { Sql } from '../domain/store.ts';

/** What is written; `whole` is all of a result whose text was cut. */
export type Said = Omit<TranscriptEntry, 'seq' | 'at'> & { readonly whole?: string };

/** Where a turn reads and writes the conversation. */
export interface TranscriptDoor {
  /** Everything since the last fresh start or summary, which comes first; oldest first. */
  load(session: string): Promise<readonly TranscriptEntry[]>;
  /** False once another conversation goes on than the one that the turn began in. */
  goesOn(): Promise<boolean>;
  /** Durable once it resolves; in the conversation that the turn began in. */
  append(entry: Said): Promise<void>;
  /**
   * The same with whatever happens next, at the latest before anything is done because of it: `load` tells it at
   * once, and a crash before that has the turn taken again. Without it everything is written by itself.
   */
  readonly later?: (entry: Said) => Promise<void>;
  /**
   * As `append`, within a transaction of somebody else's; false, and nothing written, where the turn is another's by
   * now. Without it everything is written by itself.
   */
  readonly appendIn?: (sql: Sql, entry: Said) => Promise<boolean>;
  /** Puts a summary in the place of what it covers. False where that has changed meanwhile. */
  sumUp(entry: Said & { readonly item: Summary }): Promise<boolean>;
}
