import { AtomError } from '../base/errors.ts';
import type { Store } from '../domain/store.ts';
import { laneDepth, totalDepth } from '../store/tables/lanes.ts';

/** Keeps what waits within bounds, and says so to those who wait, once. */
export interface Backlog {
  /**
   * Throws AtomError `unavailable` where no more is taken in: a platform then keeps its messages itself,
   * and brings them again.
   */
  requireRoom(): Promise<void>;
  /**
   * False where a message of somebody who is no owner finds no room in a session: their share is smaller,
   * so that nobody keeps an owner from being heard.
   */
  hasRoomForOthers(session: string): Promise<boolean>;
  /** What to tell somebody whose message found no room: undefined where they were told before. */
  fullWords(session: string): string | undefined;
  /** What to tell the sender of a message that was just kept: undefined where nothing, or told before. */
  words(session: string): Promise<string | undefined>;
}

/** So many waiting messages of all chats together take hours. */
const MOST_WAITING = 10_000;
/** So many of all chats and of one of them, and no more of anybody but an owner is kept. */
const MOST_WITH_OTHERS = MOST_WAITING / 2;
const MOST_OF_OTHERS = 100;
/** So many of one chat are worth a word; it is said again only after it came down to the other. */
const WORTH_A_WORD = 10;
const CAUGHT_UP = 3;
/** A crowd of chats must not fill the memory. */
const MOST_TOLD = 10_000;

export function createBacklog(store: Store): Backlog {
  const told = new Set<string>();
  const full = new Set<string>();
  return {
    requireRoom: async () => {
      const waiting = await totalDepth(store, 'in');
      if (waiting < MOST_WAITING) return;
      throw new AtomError(
        'unavailable',
        `${waiting.toLocaleString('en')} messages wait for their turn; no more are taken in until some are done.`,
        { next: ['See what waits:   atom spool list'] },
      );
    },
    hasRoomForOthers: async (session) => {
      const [own, all] = await Promise.all([
        laneDepth(store, 'in', session),
        totalDepth(store, 'in'),
      ]);
      const hasRoom = own < MOST_OF_OTHERS && all < MOST_WITH_OTHERS;
      if (hasRoom) full.delete(session);
      return hasRoom;
    },
    fullWords: (session) => {
      if (full.has(session) || full.size >= MOST_TOLD) return undefined;
      full.add(session);
      return FULL;
    },
    words: async (session) => {
      const waiting = await laneDepth(store, 'in', session);
      if (waiting <= CAUGHT_UP) told.delete(session);
      if (waiting < WORTH_A_WORD || told.has(session) || told.size >= MOST_TOLD) return undefined;
      told.add(session);
      return `${waiting} of your messages wait. I take them one after the other; /stop ends the one I am at.`;
    },
  };
}

/** For whoever is no owner. */
export const FULL =
  'Too many messages wait. This one is dropped, and so are those that follow until some are done.';
