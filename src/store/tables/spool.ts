import type { Device } from '../../domain/device.ts';
import { type InboundEvent, isItsAccount, saidThrough } from '../../domain/event.ts';
import type { Sql } from '../../domain/store.ts';
import { bygoneName } from './bygone.ts';
import { deepen } from './lanes.ts';

/** `waiting` until its turn has ended; then how that ended is in `result`. `dead`: it broke its turn each time. */
export type SpoolState = 'waiting' | 'handled' | 'dropped' | 'dead';

export interface Spooled {
  readonly event: InboundEvent;
  /** The session's key. */
  readonly lane: string;
  readonly attempts: number;
  /** Number of the conversation of its session that it was first taken in. */
  readonly talk: number;
}

/**
 * Keeps an event once, whatever the platform repeats. False where it was here before. `lane` null:
 * kept as `dropped`, so that it is known but never takes a turn.
 */
export async function spoolEvent(
  sql: Sql,
  event: InboundEvent,
  lane: string | null,
): Promise<boolean> {
  const { channel, account } = event.from;
  const known = await sql.get(
    `SELECT 1 AS one FROM spool WHERE channel = $1 AND account = $2 AND external_id = $3
     UNION ALL SELECT 1 FROM bygone WHERE event = $4 LIMIT 1`,
    channel,
    account,
    event.externalId,
    bygoneName({ channel, account, externalId: event.externalId }),
  );
  if (known) return false;
  if (lane !== null) await deepen(sql, 'in', lane);
  await sql.run(
    `INSERT INTO spool(id, channel, account, external_id, lane, body, state, at, share)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    event.id,
    channel,
    account,
    event.externalId,
    lane ?? '',
    JSON.stringify(event),
    lane === null ? 'dropped' : 'waiting',
    event.at,
    shareOf(event) ?? null,
  );
  return true;
}

/**
 * Whose share an event takes, of all that wait in threads of its account. Undefined where it takes none: it is in
 * no thread, or the account was set up for its sender.
 */
const shareOf = (event: InboundEvent): string | undefined =>
  event.from.thread === undefined || isItsAccount(event) ? undefined : event.sender.id;

/** How many events wait that take the same share as this one; none where it takes none. */
export async function waitingInShare(sql: Sql, event: InboundEvent): Promise<number> {
  const share = shareOf(event);
  if (share === undefined) return 0;
  // As the index has it: of those that wait, and not of all that were ever handled.
  const row = await sql.get(
    `SELECT count(*) AS waiting FROM spool INDEXED BY spool_share
     WHERE state = 'waiting' AND channel = $1 AND account = $2 AND share = $3`,
    ...[event.from.channel, event.from.account, share],
  );
  return Number(row?.waiting ?? 0);
}

/** The oldest event of a lane that still waits, with this try counted. It stays in the conversation that it was first taken in. */
export async function takeEvent(sql: Sql, lane: string): Promise<Spooled | undefined> {
  const row = await sql.get(
    `UPDATE spool SET attempts = attempts + 1,
       talk = coalesce(talk, (SELECT talk FROM session WHERE key = $1), 1)
     WHERE seq = (SELECT seq FROM spool WHERE lane = $1 AND state = 'waiting' ORDER BY seq LIMIT 1)
     RETURNING body, lane, attempts, talk`,
    lane,
  );
  return (
    row && {
      event: eventOf(row.body),
      lane: String(row.lane),
      attempts: Number(row.attempts),
      talk: Number(row.talk),
    }
  );
}

/** At most so many messages are taken into one turn. */
const MOST_TOGETHER = 50;

/** What waits in a lane behind one of its events, oldest first; the first of them where there are very many. */
export const eventsBehind = async (
  sql: Sql,
  lane: string,
  id: string,
): Promise<readonly InboundEvent[]> =>
  (
    await sql.all(
      `SELECT body FROM spool WHERE lane = $1 AND state = 'waiting' AND id <> $2
       ORDER BY seq LIMIT ${MOST_TOGETHER}`,
      lane,
      id,
    )
  ).map(({ body }) => eventOf(body));

/** Counts an event as begun that is taken into the turn of another. */
export const beginEvent = (sql: Sql, id: string): Promise<number> =>
  sql.run('UPDATE spool SET attempts = max(1, attempts) WHERE id = $1', id);

/** Takes back the count of one try; that there was one stays known. */
export const uncountTry = (sql: Sql, id: string): Promise<number> =>
  sql.run('UPDATE spool SET attempts = max(1, attempts - 1) WHERE id = $1', id);

/** How the turn of a message ended that broke each time: it is dead, and the owner may let it in again. */
export const PUT_ASIDE = 'put aside';

/** Marks an event's turn as ended. False where it was ended before. */
export const markHandled = async (sql: Sql, id: string, result: string): Promise<boolean> =>
  (await sql.run(
    `UPDATE spool SET state = CASE $1 WHEN '${PUT_ASIDE}' THEN 'dead' ELSE 'handled' END, result = $1
     WHERE id = $2 AND state = 'waiting'`,
    result,
    id,
  )) === 1;

/** Ends what waits in a lane and was not begun. The lane finds nothing when it comes to it. */
export const dropWaiting = (sql: Sql, lane: string, result: string): Promise<number> =>
  sql.run(
    `UPDATE spool SET state = 'handled', result = $1
     WHERE lane = $2 AND state = 'waiting' AND attempts = 0`,
    result,
    lane,
  );

/** Ends what a device or a program said, wherever, that waits and was not begun. */
export const dropSaidBy = (
  sql: Sql,
  { kind, id }: Pick<Device, 'kind' | 'id'>,
  result: string,
): Promise<number> => {
  const name = saidThrough({ surface: kind, id }, '');
  return sql.run(
    `UPDATE spool SET state = 'handled', result = $1
     WHERE state = 'waiting' AND attempts = 0 AND substr(external_id, 1, $2) = $3`,
    result,
    name.length,
    name,
  );
};

/** Ends the turns that were begun, for good. Resolves to the ids of their events. */
export async function endBegun(sql: Sql, result: string): Promise<readonly string[]> {
  const rows = await sql.all(
    `UPDATE spool SET state = 'handled', result = $1
     WHERE state = 'waiting' AND attempts > 0 RETURNING id`,
    result,
  );
  return rows.map(({ id }) => String(id));
}

/** An event by its id, or by the platform's own id of it. */
export async function findEvent(sql: Sql, id: string): Promise<InboundEvent | undefined> {
  const row = await sql.get('SELECT body FROM spool WHERE id = $1', id);
  return row && eventOf(row.body);
}

/** The id an event got when it first arrived. */
export async function knownEventId(
  sql: Sql,
  event: Pick<InboundEvent, 'externalId'> & {
    readonly from: Pick<InboundEvent['from'], 'channel' | 'account'>;
  },
): Promise<string | undefined> {
  const row = await sql.get(
    'SELECT id FROM spool WHERE channel = $1 AND account = $2 AND external_id = $3',
    event.from.channel,
    event.from.account,
    event.externalId,
  );
  return row && String(row.id);
}

/** True while an event has not been answered. */
export const isWaiting = async (sql: Sql, id: string): Promise<boolean> =>
  (await sql.get(`SELECT 1 AS one FROM spool WHERE id = $1 AND state = 'waiting'`, id)) !==
  undefined;

/** How an event's turn ended, or undefined while it has not. */
export async function resultOf(sql: Sql, id: string): Promise<string | undefined> {
  const row = await sql.get(
    `SELECT result FROM spool WHERE id = $1 AND state IN ('handled', 'dead')`,
    id,
  );
  return row && String(row.result);
}

export interface SpoolDepth {
  readonly waiting: number;
  readonly oldestAt?: number;
  /** Given up. */
  readonly dead: number;
}

export async function spoolDepth(sql: Sql): Promise<SpoolDepth> {
  const row = await sql.get(
    `SELECT count(*) AS waiting, min(at) AS oldest FROM spool WHERE state = 'waiting'`,
  );
  const gone = await sql.get(`SELECT count(*) AS dead FROM spool WHERE state = 'dead'`);
  const [waiting, dead] = [Number(row?.waiting ?? 0), Number(gone?.dead ?? 0)];
  return row?.oldest ? { waiting, dead, oldestAt: Number(row.oldest) } : { waiting, dead };
}

/** When a channel last brought something, whoever it came from. */
export async function lastInbound(sql: Sql, channel: string): Promise<number | undefined> {
  const row = await sql.get(
    // By number, not by the index of channels, which would have all its messages sorted.
    'SELECT at FROM spool WHERE +channel = $1 ORDER BY seq DESC LIMIT 1',
    channel,
  );
  return row && Number(row.at);
}

const eventOf = (body: unknown): InboundEvent => JSON.parse(String(body)) as InboundEvent;
