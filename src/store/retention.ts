import type { Sql, Store } from '../domain/store.ts';
import { rememberBygone } from './tables/bygone.ts';

/** So few at a time that nobody waits for the rest. */
const AT_ONCE = 500;

/** What is told from and kept for people, and from when on (milliseconds since 1970). */
export interface Keep {
  /** Messages that were dealt with, both ways. */
  readonly messagesSince: number;
  /** Posts of the feed. */
  readonly feedSince: number;
  /** Runs and answered questions: an agent’s track record is counted from them. */
  readonly runsSince: number;
  /** Until when it is remembered that an event came in whose row goes: undefined without an end. */
  bygoneUntil(channel: string): number | undefined;
  /** Of those that are remembered without an end, so many of an account: the oldest of more are forgotten. */
  readonly mostBygone: number;
  readonly now: number;
}

/**
 * Deletes what was dealt with and is older than that, a few rows at a time. What waits, what was put
 * aside and what nobody knows the end of stays. That an event came in is remembered for longer. Resolves to how
 * many rows are gone.
 */
export async function forgetOld(store: Store, keep: Keep, signal: AbortSignal): Promise<number> {
  let gone = 0;
  for (const rows of oldRows(keep)) {
    for (;;) {
      if (signal.aborted) return gone;
      const some = await store.tx((sql) => deleteSome(sql, rows, keep));
      gone += some;
      if (some < AT_ONCE) break;
    }
  }
  return gone;
}

/** The next number is one more than the newest one's: while that is there, no number is given twice. */
const notNewest = (table: string): string => `seq < (SELECT max(seq) FROM ${table})`;

interface OldRows {
  readonly table: string;
  readonly where: string;
  /** `$1` of it. */
  readonly since: number;
  /** What tells the rows apart. */
  readonly key?: string;
}

const oldRows = ({
  messagesSince,
  runsSince,
  feedSince,
  mostBygone,
  now,
}: Keep): readonly OldRows[] => [
  {
    table: 'spool',
    where: `state IN ('handled', 'dropped') AND at < $1 AND ${notNewest('spool')}`,
    since: messagesSince,
  },
  {
    table: 'outbox',
    where: `state IN ('sent', 'failed', 'expired') AND at < $1 AND ${notNewest('outbox')}`,
    since: messagesSince,
  },
  // Later than its event: without it, that event would be nobody's.
  {
    table: 'errand',
    where: 'at < $1 AND NOT EXISTS(SELECT 1 FROM spool WHERE id = errand.event)',
    since: messagesSince,
  },
  { table: 'bygone', where: 'until < $1', since: now, key: 'event' },
  {
    table: 'bygone',
    where: `event IN (SELECT event FROM (
      SELECT event, row_number() OVER (PARTITION BY account ORDER BY seen DESC) AS place
      FROM bygone WHERE until IS NULL) WHERE place > $1)`,
    since: mostBygone,
    key: 'event',
  },
  { table: 'media', where: `at < $1`, since: messagesSince },
  { table: 'approval', where: `state <> 'pending' AND asked_at < $1`, since: runsSince },
  { table: 'feed', where: `at < $1 AND ${notNewest('feed')}`, since: feedSince, key: 'seq' },
  // What is left of them: signs that were given to what is gone.
  {
    table: 'reaction',
    where: 'at < $1 AND post < (SELECT min(seq) FROM feed)',
    since: now,
    key: 'post',
  },
  { table: 'run', where: `state IN ('done', 'failed') AND begun_at < $1`, since: runsSince },
];

async function deleteSome(
  sql: Sql,
  { table, where, since, key = 'rowid' }: OldRows,
  { bygoneUntil, now }: Keep,
): Promise<number> {
  const some = `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${where} LIMIT $2)`;
  if (table !== 'spool') return sql.run(some, since, AT_ONCE);
  const gone = await sql.all(`${some} RETURNING channel, account, external_id`, since, AT_ONCE);
  const text = (value: unknown): string => String(value);
  await rememberBygone(
    sql,
    gone.map((row) => ({
      channel: text(row.channel),
      account: text(row.account),
      externalId: text(row.external_id),
    })),
    { at: now, until: bygoneUntil },
  );
  return gone.length;
}
