import type { Session, TranscriptEntry } from '../domain/session.ts';
import type { Sql } from '../domain/store.ts';
import type { Draft } from '../domain/unwritten.ts';
import { appendItem, type Conversation, openConversation } from '../store/tables/transcript.ts';

/** The conversations of all sessions, as they are now. */
export interface Conversations {
  /** Since the last fresh start, oldest first, and what is yet to be written; by the session's id. */
  read(session: string): Promise<readonly TranscriptEntry[]>;
  /** For the turn that begins now; of an earlier turn of the session, nothing is shown any more. */
  draft(session: Session): Draft;
}

/** As many as have their turn at the same time; more would only take memory. */
const MOST_KEPT = 8;
/** It comes after all that is written. */
const YET_TO_COME = Number.MAX_SAFE_INTEGER;

/**
 * Of a conversation that was read lately, only what is new is read: each step of a turn looks at all of it,
 * and so does the governor for each action. What is removed is of a conversation that is not the present one
 * any more, and so is read no more.
 */
export function createConversations(sql: Sql): Conversations {
  const lately = new Map<string, Conversation>();
  const drafts = new Map<string, readonly TranscriptEntry[]>();
  return {
    read: async (session) => {
      const found = lately.get(session) ?? openConversation(sql, session);
      lately.delete(session);
      lately.set(session, found);
      const [oldest = session] = lately.keys();
      if (lately.size > MOST_KEPT) lately.delete(oldest);
      // Looked at first: what is written meanwhile is seen twice rather than not at all.
      const unwritten = [...(drafts.get(session) ?? [])];
      return [...(await found.read()), ...unwritten];
    },
    draft: (session) => {
      const entries: TranscriptEntry[] = [];
      drafts.set(session.id, entries);
      return draftOf(session, entries, () => {
        if (drafts.get(session.id) === entries) drafts.delete(session.id);
      });
    },
  };
}

function draftOf(session: Session, entries: TranscriptEntry[], drop: () => void): Draft {
  let placed = 0;
  return {
    left: () => entries.length > 0,
    say: (entry) => entries.push({ ...entry, seq: YET_TO_COME }),
    put: async (sql) => {
      for (const entry of entries) await appendItem(sql, { ...entry, talk: session.talk });
      placed = entries.length;
    },
    stands: () => {
      entries.splice(0, placed);
      placed = 0;
    },
    drop,
  };
}
