import { AtomError } from '../base/errors.ts';
import type { Sql } from '../domain/store.ts';
import { totalDepth } from '../store/tables/lanes.ts';

/** Keeps what waits within bounds, and says so to those who wait, once. Asked within the transaction that keeps a message. */
export interface Backlog {
  /**
   * Counts an owner's message, or says why no more is taken in (AtomError `unavailable`): a platform then keeps
   * its messages itself, and brings them again.
   */
  whyFull(sql: Sql): Promise<AtomError | undefined>;
  /**
   * False where a message of somebody who is no owner finds no room in a session; `own` wait in it, or of theirs
   * anywhere: their share is smaller, so that nobody keeps an owner from being heard.
   */
  hasRoomForOthers(sql: Sql, session: string, own: number): Promise<boolean>;
  /** What to tell somebody whose message found no room: undefined where they were told before. */
  fullWords(session: string): string | undefined;
  /**
   * What to tell the sender of a message that was just kept and is one of `waiting` in its session: undefined
   * where nothing, or told before.
   */
  words(session: string, waiting: number): string | undefined;
}

/** So many waiting messages of all chats together take hours; a program may post as many within a minute. */
const MOST_WAITING = 100_000;
/** So many of all chats and of one of them, and no more of anybody but an owner is kept. */
const MOST_WITH_OTHERS = MOST_WAITING / 2;
const MOST_OF_OTHERS = 100;
/** So many of one chat are worth a word; it is said again only after it came down to the other. */
const WORTH_A_WORD = 10;
const CAUGHT_UP = 3;
/** A crowd of chats must not fill the memory. */
const MOST_TOLD = 10_000;

export function createBacklog(): Backlog {
  const told = new Set<string>();
  const full = new Set<string>();
  const count = createCount();
  return {
    whyFull: async (sql) => {
      const all = await count.upTo(sql, MOST_WAITING);
      if (all >= MOST_WAITING) return fullOf(all);
      count.more();
      return undefined;
    },
    hasRoomForOthers: async (sql, session, own) => {
      if (own >= MOST_OF_OTHERS) return false;
      if ((await count.upTo(sql, MOST_WITH_OTHERS)) >= MOST_WITH_OTHERS) return false;
      count.more();
      full.delete(session);
      return true;
    },
    fullWords: (session) => {
      if (full.has(session) || full.size >= MOST_TOLD) return undefined;
      full.add(session);
      return FULL;
    },
    words: (session, waiting) => {
      if (waiting <= CAUGHT_UP) told.delete(session);
      if (waiting < WORTH_A_WORD || told.has(session) || told.size >= MOST_TOLD) return undefined;
      told.add(session);
      return `${waiting} of your messages wait. I take them one after the other; /stop ends the one I am at.`;
    },
  };
}

/**
 * How many messages wait in all chats, without adding them up for each that comes: no more than there were
 * when they were last counted, and those that came since. What an owner lets in again by hand is few.
 */
function createCount() {
  let atMost = Number.POSITIVE_INFINITY;
  return {
    /** Exact where it comes to `limit`. */
    async upTo(sql: Sql, limit: number): Promise<number> {
      if (atMost >= limit) atMost = await totalDepth(sql, 'in');
      return atMost;
    },
    more(): void {
      atMost += 1;
    },
  };
}

const fullOf = (all: number): AtomError =>
  new AtomError(
    'unavailable',
    `${all.toLocaleString('en')} messages wait for their turn; no more are taken in until some are done.`,
    { next: ['See what waits:   atom spool list'] },
  );

/** For whoever is no owner. */
export const FULL =
  'Too many messages wait. This one is dropped, and so are those that follow until some are done.';
