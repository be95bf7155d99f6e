import type { InboundEvent } from '../../domain/event.ts';
import type { QueueItem, QueuePart } from '../../domain/queue-item.ts';
import type { Row, Sql } from '../../domain/store.ts';
import { spoolEvent } from './spool.ts';

/** Notes why the turn of a message broke. */
export const noteBroken = (sql: Sql, id: string, error: string): Promise<number> =>
  sql.run('UPDATE spool SET error = $1 WHERE id = $2', error, id);

/** Messages as the owner is shown them, the newest first. */
export async function spoolItems(
  sql: Sql,
  { part, limit }: { readonly part: QueuePart; readonly limit: number },
): Promise<readonly QueueItem[]> {
  const rows = await sql.all(
    `SELECT * FROM spool WHERE ${PARTS[part]} ORDER BY seq DESC LIMIT $1`,
    limit,
  );
  return rows.map(itemOf);
}

export async function spoolItem(sql: Sql, id: string): Promise<QueueItem | undefined> {
  const row = await sql.get('SELECT * FROM spool WHERE id = $1', id);
  return row && itemOf(row);
}

/**
 * Lets a dead letter come in again, as a message of its own behind what its chat said since: what its
 * first turn did is on record under the old id and is not taken for this one’s. False where it is not dead.
 */
export async function reviveLetter(
  sql: Sql,
  id: string,
  fresh: { readonly id: string; readonly at: number },
): Promise<boolean> {
  const row = await sql.get(`SELECT body, lane FROM spool WHERE id = $1 AND state = 'dead'`, id);
  if (!row) return false;
  const event = JSON.parse(String(row.body)) as InboundEvent;
  const again = { ...event, ...fresh, externalId: `${event.externalId}~${fresh.id}` };
  await spoolEvent(sql, again, String(row.lane));
  await end(sql, id, { result: 'again', from: 'dead' });
  return true;
}

/** Forgets a message that waits for a first turn, or a dead letter. False where it is neither. */
export async function dropLetter(sql: Sql, id: string): Promise<boolean> {
  const row = await sql.get(
    `SELECT state, attempts FROM spool WHERE id = $1 AND state IN ('waiting', 'dead')`,
    id,
  );
  if (!row || (row.state === 'waiting' && Number(row.attempts) > 0)) return false;
  return end(sql, id, { result: 'dropped', from: String(row.state) });
}

const end = async (
  sql: Sql,
  id: string,
  { result, from }: { readonly result: string; readonly from: string },
): Promise<boolean> =>
  (await sql.run(
    `UPDATE spool SET state = 'handled', result = $1 WHERE id = $2 AND state = $3`,
    result,
    id,
    from,
  )) === 1;

const PARTS: Readonly<Record<QueuePart, string>> = {
  open: `state IN ('waiting', 'dead')`,
  dead: `state = 'dead'`,
  // What was answered at the door never waited.
  all: `state <> 'dropped'`,
};

function itemOf(row: Row): QueueItem {
  const { from, text } = JSON.parse(String(row.body)) as InboundEvent;
  const ended = row.state === 'handled' ? String(row.result) : String(row.state);
  return {
    id: String(row.id),
    chat: from,
    text,
    state: ended,
    attempts: Number(row.attempts),
    at: Number(row.at),
    ...(row.error === null ? {} : { error: String(row.error) }),
  };
}
