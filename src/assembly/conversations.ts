import type { TranscriptEntry } from '../domain/session.ts';
import type { Sql } from '../domain/store.ts';
import { type Conversation, openConversation } from '../store/tables/transcript.ts';

/** The conversations of all sessions, as they are now. */
export interface Conversations {
  /** Since the last fresh start, oldest first; by the session's id. */
  read(session: string): Promise<readonly TranscriptEntry[]>;
}

/** As many as have their turn at the same time; more would only take memory. */
const MOST_KEPT = 8;

/**
 * Of a conversation that was read lately, only what is new is read: each step of a turn looks at all of it,
 * and so does the governor for each action. What is removed is of a conversation that is not the present one
 * any more, and so is read no more.
 */
export function createConversations(sql: Sql): Conversations {
  const lately = new Map<string, Conversation>();
  return {
    read: (session) => {
      const found = lately.get(session) ?? openConversation(sql, session);
      lately.delete(session);
      lately.set(session, found);
      const [oldest = session] = lately.keys();
      if (lately.size > MOST_KEPT) lately.delete(oldest);
      return found.read();
    },
  };
}
