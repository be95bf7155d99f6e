import type { Sql } from '../../domain/store.ts';
import { type Queued, queuedOf } from './outbox.ts';

/** Replaces the words of a message that was not sent yet. False where it was, or is being sent. */
export async function rewordMessage(
  sql: Sql,
  { lane: _, state: __, attempts: ___, externalId: ____, ...draft }: Queued,
  text: string,
): Promise<boolean> {
  const body = JSON.stringify({ ...draft, text });
  const query = `UPDATE outbox SET body = $1 WHERE id = $2 AND state = 'queued'`;
  return (await sql.run(query, body, draft.id)) === 1;
}

/** Every copy of an approval's card, wherever it went. */
export async function cardCopies(sql: Sql, approval: string): Promise<readonly Queued[]> {
  const rows = await sql.all(
    'SELECT * FROM outbox WHERE approval = $1 AND edits_row IS NULL ORDER BY seq',
    approval,
  );
  return rows.map(queuedOf);
}
