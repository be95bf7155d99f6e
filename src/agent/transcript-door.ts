import type { TranscriptEntry } from '../domain/session.ts';

/** Where a turn reads and writes the conversation. */
export interface TranscriptDoor {
  /** Everything since the last fresh start, oldest first. */
  load(session: string): Promise<readonly TranscriptEntry[]>;
  /** Durable once it resolves. */
  append(entry: Omit<TranscriptEntry, 'seq' | 'at'>): Promise<void>;
}
