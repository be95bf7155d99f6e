import type { Sql } from '../../domain/store.ts';

/** The ids of all messages between two ids, the first one included. */
export async function messageIds(sql: Sql, from: string, to: string): Promise<readonly string[]> {
  const rows = await sql.all('SELECT id FROM outbox WHERE id >= $1 AND id < $2', from, to);
  return rows.map(({ id }) => String(id));
}
