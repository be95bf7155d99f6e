import type { Row, Sql } from '../../domain/store.ts';

/** From one moment up to, and without, another. */
export interface Span {
  readonly since: number;
  readonly until: number;
  /** True where what came after it is left out; else it is now, whatever the clock says of the last entries. */
  readonly cut?: boolean;
}

/** When the messages came in that had a turn, by channel. What was answered at once (`/status`, a button) had none. */
export const messagesIn = async (
  sql: Sql,
  { since, until }: Span,
): Promise<readonly { readonly channel: string; readonly at: number }[]> =>
  (
    await sql.all(
      `SELECT channel, at FROM spool WHERE at >= $1 AND at < $2 AND state <> 'dropped'`,
      ...[since, until],
    )
  ).map(({ channel, at }) => ({ channel: String(channel), at: Number(at) }));

/** How many messages went out, or did not, by chat and by how that stands. */
export const messagesOut = async (
  sql: Sql,
  { since, until }: Span,
): Promise<readonly { readonly lane: string; readonly state: string; readonly count: number }[]> =>
  (
    await sql.all(
      `SELECT lane, state, count(*) AS many FROM outbox WHERE at >= $1 AND at < $2 GROUP BY lane, state`,
      ...[since, until],
    )
  ).map(({ lane, state, many }) => ({
    lane: String(lane),
    state: String(state),
    count: Number(many),
  }));

/** How long each message waited for its answer to be queued, in milliseconds. */
export const replyTimes = async (sql: Sql, { since, until }: Span): Promise<readonly number[]> =>
  (
    await sql.all(
      `SELECT o.at - s.at AS ms FROM spool s JOIN outbox o ON o.id = 'reply:' || s.id
       WHERE s.at >= $1 AND s.at < $2 AND s.state = 'handled'`,
      ...[since, until],
    )
  ).map(({ ms }) => Math.max(0, Number(ms)));

/** An entry of the record as it lies there. */
export interface RawBody {
  readonly at: number;
  readonly kind: string;
  /** JSON. */
  readonly body: string;
}

/** The same, and its number. */
export interface NumberedBody extends RawBody {
  readonly seq: number;
}

/** The entries of some kinds after one number up to, and with, another, in order. */
export async function entriesBetween(
  sql: Sql,
  {
    chain,
    kinds,
    after,
    upTo,
  }: {
    readonly chain: string;
    readonly kinds: readonly string[];
    readonly after: number;
    readonly upTo: number;
  },
): Promise<readonly NumberedBody[]> {
  const found = kinds.map((_, at) => `$${at + 4}`).join(', ');
  const rows = await sql.all(
    `SELECT seq, at, kind, body FROM audit
     WHERE seq > $1 AND seq <= $2 AND chain = $3 AND kind IN (${found}) ORDER BY seq`,
    ...[after, upTo, chain],
    ...kinds,
  );
  return rows.map((row) => ({ seq: Number(row.seq), ...bodyOf(row) }));
}

/** The numbers of the first and the last entry; undefined where there is none. */
export async function recordRange(
  sql: Sql,
): Promise<{ readonly first: number; readonly last: number } | undefined> {
  const row = await sql.get(
    `SELECT (SELECT min(seq) FROM audit WHERE seq >= 0) AS first, (SELECT max(seq) FROM audit WHERE seq >= 0) AS last`,
  );
  return row?.last == null ? undefined : { first: Number(row.first), last: Number(row.last) };
}

/**
 * The entries of some kinds since a moment, in order, a few thousand at a time. The record has them in the
 * order of time, so the first is found by halving; where the clock was set back to before `since`,
 * entries of that stretch may be left out.
 */
export async function* entriesSince(
  sql: Sql,
  {
    chain,
    kinds,
    since,
  }: { readonly chain: string; readonly kinds: readonly string[]; readonly since: number },
): AsyncGenerator<readonly RawBody[]> {
  const range = await sql.get(
    'SELECT min(seq) AS first, max(seq) AS last FROM audit WHERE chain = $1',
    chain,
  );
  if (range?.last == null) return;
  const last = Number(range.last);
  const found = kinds.map((_, at) => `$${at + 4}`).join(', ');
  const query = `SELECT at, kind, body FROM audit WHERE chain = $1 AND seq >= $2 AND seq < $3 AND kind IN (${found})
    ORDER BY seq`;
  let from = await firstSince(sql, { chain, since, first: Number(range.first), last });
  for (; from <= last; from += AT_ONCE) {
    const rows = await sql.all(query, chain, from, from + AT_ONCE, ...kinds);
    yield rows.map(bodyOf).filter(({ at }) => at >= since);
  }
}

const AT_ONCE = 2000;

async function firstSince(
  sql: Sql,
  given: {
    readonly chain: string;
    readonly since: number;
    readonly first: number;
    readonly last: number;
  },
): Promise<number> {
  let [low, high] = [given.first, given.last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await sql.get(
      'SELECT at FROM audit WHERE chain = $1 AND seq >= $2 ORDER BY seq LIMIT 1',
      ...[given.chain, middle],
    );
    if (row && Number(row.at) < given.since) low = middle + 1;
    else high = middle;
  }
  return low;
}

const bodyOf = ({ at, kind, body }: Row): RawBody => ({
  at: Number(at),
  kind: String(kind),
  body: String(body),
});
