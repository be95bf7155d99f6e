import type { Update } from 'grammy/types';
import type { InboundEvent } from '../../domain/event.ts';

/** Presses of buttons that wait for an answer. Lost in a restart, which only costs a note on the button. */
export interface Presses {
  remember(event: InboundEvent, update: Update): void;
  /** What Telegram wants back with the answer to an event; handed out once. */
  take(event: InboundEvent): string | undefined;
}

/** More than ever wait for an answer at once. */
const CAP = 1000;

export function createPresses(): Presses {
  // By external id: an event that came twice is known to the spool by its first id only.
  const queries = new Map<string, string>();
  return {
    remember({ externalId }, { callback_query: query }) {
      if (!query) return;
      queries.set(externalId, query.id);
      const [oldest] = queries.keys();
      if (queries.size > CAP && oldest !== undefined) queries.delete(oldest);
    },
    take({ externalId }) {
      const query = queries.get(externalId);
      queries.delete(externalId);
      return query;
    },
  };
}
