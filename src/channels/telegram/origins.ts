import type { Update } from 'grammy/types';
import type { InboundEvent } from '../../domain/event.ts';

/** What Telegram wants back when we answer an event. Lost in a restart, which only costs a quote. */
export interface Origins {
  remember(event: InboundEvent, update: Update): void;
  /** Telegram's id of the message that came with the event with this id. */
  messageOf(event: string): number | undefined;
  /** The press of a button that waits for an answer; handed out once. */
  takeQuery(event: InboundEvent): string | undefined;
}

/** More than ever wait for an answer at once. */
const CAP = 1000;

export function createOrigins(): Origins {
  const messages = new Map<string, number>();
  // By external id: an event that came twice is known to the spool by its first id only.
  const queries = new Map<string, string>();
  return {
    remember(event, { message, edited_message: edited, callback_query: query }) {
      const source = message ?? edited ?? query?.message;
      if (source) put(messages, event.id, source.message_id);
      if (query) put(queries, event.externalId, query.id);
    },
    messageOf: (event) => messages.get(event),
    takeQuery({ externalId }) {
      const query = queries.get(externalId);
      queries.delete(externalId);
      return query;
    },
  };
}

function put<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > CAP && oldest !== undefined) map.delete(oldest);
}
