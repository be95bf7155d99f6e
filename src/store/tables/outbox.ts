import type { MessageState, OutboundMessage } from '../../domain/message.ts';
import type { QueueItem, QueuePart } from '../../domain/queue-item.ts';
import type { Row, Sql } from '../../domain/store.ts';
import { deepen } from './lanes.ts';

/** What an outbox row carries besides its state. */
export type Draft = Omit<OutboundMessage, 'state' | 'attempts' | 'externalId'>;

export interface Queued extends OutboundMessage {
  /** The chat. */
  readonly lane: string;
}

/** Queues a message once; one with the same id changes nothing. */
export async function queueMessage(sql: Sql, draft: Draft, lane: string): Promise<void> {
  if (await sql.get('SELECT 1 AS one FROM outbox WHERE id = $1', draft.id)) return;
  await deepen(sql, 'out', lane);
  await sql.run(
    `INSERT INTO outbox(id, lane, body, approval, edits_row, state, at)
     VALUES($1, $2, $3, $4, $5, 'queued', $6)`,
    draft.id,
    lane,
    JSON.stringify(draft),
    draft.approval ?? null,
    draft.edits ?? null,
    draft.at,
  );
}

/** The message of a chat that goes next, as it is: `queued`, or left over as `uncertain`. */
export async function nextMessage(sql: Sql, lane: string): Promise<Queued | undefined> {
  const row = await sql.get(
    `SELECT * FROM outbox WHERE lane = $1 AND state IN ('queued', 'sending', 'uncertain')
     ORDER BY seq LIMIT 1`,
    lane,
  );
  return row && queuedOf(row);
}

export const markSending = (sql: Sql, id: string): Promise<number> =>
  sql.run(`UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = $1`, id);

export const markMessage = (
  sql: Sql,
  id: string,
  ended: { readonly state: MessageState; readonly externalId?: string; readonly error?: string },
): Promise<number> =>
  sql.run(
    'UPDATE outbox SET state = $1, external_id = coalesce($2, external_id), error = $3 WHERE id = $4',
    ended.state,
    ended.externalId ?? null,
    ended.error ?? null,
    id,
  );

/** Forgets what a message said that is over; what is known of it besides stays. */
export async function forgetWords(sql: Sql, message: Queued): Promise<void> {
  const { lane: _, state: __, attempts: ___, externalId: ____, ...draft } = message;
  const body = JSON.stringify({ ...draft, text: '••••' });
  await sql.run('UPDATE outbox SET body = $1 WHERE id = $2', body, message.id);
}

export async function messageState(sql: Sql, id: string): Promise<MessageState | undefined> {
  const row = await sql.get('SELECT state FROM outbox WHERE id = $1', id);
  return row && (String(row.state) as MessageState);
}

/** When a message was first queued; undefined where there is none, or it was never to arrive. */
export async function messageTime(sql: Sql, id: string): Promise<number | undefined> {
  const row = await sql.get(`SELECT at FROM outbox WHERE id = $1 AND state <> 'failed'`, id);
  return row && Number(row.at);
}

/**
 * Puts newer words in the place of a message's: one that waits says them instead, one that was sent
 * goes out again. One that is on its way stays as it is.
 */
export async function renewMessage(sql: Sql, draft: Draft): Promise<void> {
  const row = await sql.get('SELECT state, lane FROM outbox WHERE id = $1', draft.id);
  if (row?.state !== 'queued' && row?.state !== 'sent') return;
  if (row.state === 'sent') await deepen(sql, 'out', String(row.lane));
  await sql.run(
    `UPDATE outbox SET body = $1, edits_row = $2, state = 'queued', attempts = 0, error = NULL, at = $3
     WHERE id = $4`,
    JSON.stringify(draft),
    draft.edits ?? null,
    draft.at,
    draft.id,
  );
}

/** Makes an edit of a message that is gone a message of its own, so that what it says is not lost. */
export async function sendInstead(sql: Sql, message: Queued): Promise<void> {
  const { id, to, text, format, buttons, inReplyTo, quotes, at } = message;
  await markMessage(sql, id, { state: 'queued' });
  const quoted = { ...(inReplyTo !== undefined && { inReplyTo }), ...(quotes && { quotes }) };
  await renewMessage(sql, { id, to, text, ...(format && { format }), buttons, at, ...quoted });
}

/** Messages that a crash caught between asking the platform and hearing its answer. */
export const doubtSending = (sql: Sql): Promise<number> =>
  // Named all three, the index of what is open is used.
  sql.run(
    `UPDATE outbox SET state = 'uncertain'
     WHERE state IN ('queued', 'sending', 'uncertain') AND state = 'sending'`,
  );

/** The files that messages carry which have not ended yet. */
export async function waitingFiles(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.all(
    `SELECT body FROM outbox WHERE state IN ('queued', 'sending', 'uncertain')`,
  );
  return rows.flatMap(({ body }) => (JSON.parse(String(body)) as Draft).media?.path ?? []);
}

/** What the platform called a message that was sent, if it was. */
export async function externalIdOf(sql: Sql, id: string): Promise<string | undefined> {
  const row = await sql.get('SELECT external_id FROM outbox WHERE id = $1', id);
  return row?.external_id ? String(row.external_id) : undefined;
}

export interface OutboxDepth {
  readonly waiting: number;
  readonly failed: number;
  readonly uncertain: number;
}

export async function outboxDepth(sql: Sql): Promise<OutboxDepth> {
  const rows = await sql.all(
    `SELECT state, count(*) AS many FROM outbox
     WHERE state IN ('queued', 'sending', 'uncertain') GROUP BY state
     UNION ALL SELECT 'failed', count(*) FROM outbox WHERE state = 'failed'`,
  );
  const many = (state: string): number =>
    Number(rows.find((row) => row.state === state)?.many ?? 0);
  return {
    waiting: many('queued') + many('sending'),
    failed: many('failed'),
    uncertain: many('uncertain'),
  };
}

/** When the oldest message was queued that has not ended yet. */
export async function oldestOpen(sql: Sql): Promise<number | undefined> {
  const row = await sql.get(
    `SELECT min(at) AS at FROM outbox WHERE state IN ('queued', 'sending', 'uncertain')`,
  );
  return row?.at == null ? undefined : Number(row.at);
}

/** Messages as the owner is shown them, the newest first. */
export async function outboxItems(
  sql: Sql,
  { part, limit }: { readonly part: QueuePart; readonly limit: number },
): Promise<readonly QueueItem[]> {
  const rows = await sql.all(
    `SELECT * FROM outbox WHERE ${PARTS[part]} ORDER BY seq DESC LIMIT $1`,
    limit,
  );
  return rows.map(itemOf);
}

/** By its id, or by the code of a text that was cut. */
export async function outboxItem(sql: Sql, id: string): Promise<QueueItem | undefined> {
  const row =
    (await sql.get('SELECT * FROM outbox WHERE id = $1', id)) ??
    (await sql.get(
      `SELECT * FROM outbox WHERE json_extract(body, '$.rest.code') = $1 ORDER BY seq DESC LIMIT 1`,
      id,
    ));
  return row && itemOf(row);
}

/** Queues a message that was given up anew, with its tries uncounted. False where it was not. */
export async function requeueMessage(sql: Sql, id: string): Promise<boolean> {
  const row = await sql.get(`SELECT lane FROM outbox WHERE id = $1 AND state = 'failed'`, id);
  if (!row) return false;
  await deepen(sql, 'out', String(row.lane));
  await sql.run(`UPDATE outbox SET state = 'queued', attempts = 0, error = NULL WHERE id = $1`, id);
  return true;
}

/**
 * Gives a message up that waits or of which nobody knows, and forgets its words where they are secret.
 * False where it does not, or is on its way.
 */
export async function dropMessage(sql: Sql, id: string): Promise<boolean> {
  const row = await sql.get(
    `UPDATE outbox SET state = 'failed', error = 'dropped by the owner'
     WHERE id = $1 AND state IN ('queued', 'uncertain') RETURNING *`,
    id,
  );
  if (!row) return false;
  const dropped = queuedOf(row);
  if (dropped.secret) await forgetWords(sql, dropped);
  return true;
}

const PARTS: Readonly<Record<QueuePart, string>> = {
  open: `state IN ('queued', 'sending', 'uncertain', 'failed')`,
  dead: `state = 'failed'`,
  all: 'true',
};

function itemOf(row: Row): QueueItem {
  const { id, to, text, rest, secret, state, attempts, at } = queuedOf(row);
  const error = row.error === null ? {} : { error: String(row.error) };
  return {
    id,
    chat: to,
    // Whoever may look on must not read a setup code that waits to be sent.
    text: secret ? '••••' : (rest?.text ?? text),
    state: state === 'queued' ? 'waiting' : state,
    attempts,
    at,
    ...error,
  };
}

/** A row as it is. */
export const queuedOf = (row: Row): Queued => ({
  ...(JSON.parse(String(row.body)) as Draft),
  lane: String(row.lane),
  state: String(row.state) as MessageState,
  attempts: Number(row.attempts),
  ...(row.external_id === null ? {} : { externalId: String(row.external_id) }),
});

/** True where something was ever said in a chat. */
export const wasWrittenTo = async (sql: Sql, lane: string): Promise<boolean> =>
  (await sql.get('SELECT 1 AS one FROM outbox WHERE lane = $1 LIMIT 1', lane)) !== undefined;

/** What a message says that a platform knows by this id, as it was sent last. */
export async function sentWords(
  sql: Sql,
  channel: string,
  externalId: string,
): Promise<Pick<Draft, 'text' | 'format' | 'buttons'> | undefined> {
  const row = await sql.get(
    `SELECT body FROM outbox WHERE external_id = $1 AND lane LIKE $2 ORDER BY seq DESC LIMIT 1`,
    externalId,
    `${channel}/%`,
  );
  return row && (JSON.parse(String(row.body)) as Draft);
}
