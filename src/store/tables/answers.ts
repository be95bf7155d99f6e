import type { OutboundMessage } from '../../domain/message.ts';
import type { Sql } from '../../domain/store.ts';

/** What a message of the outbox says, sent or not, by its id. */
export async function messageText(sql: Sql, id: string): Promise<string | undefined> {
  const row = await sql.get('SELECT body FROM outbox WHERE id = $1', id);
  return row && (JSON.parse(String(row.body)) as Pick<OutboundMessage, 'text'>).text;
}
