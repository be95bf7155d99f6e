import type { Labels } from '../../domain/label.ts';
import type { TranscriptEntry, TranscriptItem } from '../../domain/session.ts';
import type { Row, Sql } from '../../domain/store.ts';

export const appendItem = (sql: Sql, entry: Omit<TranscriptEntry, 'seq'>): Promise<number> =>
  sql.run(
    'INSERT INTO transcript(session, event, labels, source, item, at) VALUES($1, $2, $3, $4, $5, $6)',
    entry.session,
    entry.event,
    JSON.stringify(entry.labels),
    entry.source ?? null,
    JSON.stringify(entry.item),
    entry.at,
  );

export interface Conversation {
  /** As it is now: since the last fresh start, oldest first. */
  read(): Promise<readonly TranscriptEntry[]>;
}

/** The conversation since the last fresh start, oldest first. */
export const conversation = (sql: Sql, session: string): Promise<readonly TranscriptEntry[]> =>
  openConversation(sql, session).read();

/** A conversation that is read again and again: of what was read before, only what is new. */
export function openConversation(sql: Sql, session: string): Conversation {
  let known: readonly TranscriptEntry[] = [];
  return {
    read: async () => {
      const rows = await sql.all(
        `SELECT session.since, transcript.* FROM session
         LEFT JOIN transcript ON transcript.session = session.id AND transcript.seq > max(session.since, $2)
         WHERE session.id = $1 ORDER BY transcript.seq`,
        session,
        known.at(-1)?.seq ?? 0,
      );
      const since = Number(rows[0]?.since ?? 0);
      const fresh = rows.filter(({ seq }) => seq !== null).map(entryOf);
      known = [...known.filter(({ seq }) => seq > since), ...fresh];
      return known;
    },
  };
}

/** The newest `limit` entries of a session by its key, oldest first, fresh starts and all. */
export async function recentEntries(
  sql: Sql,
  key: string,
  limit: number,
): Promise<readonly TranscriptEntry[]> {
  const rows = await sql.all(
    `SELECT transcript.* FROM transcript JOIN session ON session.id = transcript.session
     WHERE session.key = $1 ORDER BY transcript.seq DESC LIMIT $2`,
    key,
    limit,
  );
  return rows.map(entryOf).toReversed();
}

/** Forgets nothing, but what came before is no longer part of the conversation. */
export const startFresh = (sql: Sql, session: string): Promise<number> =>
  sql.run(
    `UPDATE session SET since = coalesce((SELECT max(seq) FROM transcript WHERE session = $1), 0), hushed = 0
     WHERE id = $1`,
    session,
  );

const entryOf = (row: Row): TranscriptEntry => ({
  seq: Number(row.seq),
  session: String(row.session),
  event: String(row.event),
  labels: JSON.parse(String(row.labels)) as Labels,
  ...(row.source === null ? {} : { source: String(row.source) }),
  item: JSON.parse(String(row.item)) as TranscriptItem,
  at: Number(row.at),
});
