import type { Labels } from '../../domain/label.ts';
import type { TranscriptEntry, TranscriptItem } from '../../domain/session.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** What is written; `whole` is all of a result whose text was cut. */
export type NewEntry = Omit<TranscriptEntry, 'seq'> & {
  readonly whole?: string;
  /** Number of the conversation that it belongs to: the present one unless named. */
  readonly talk?: number | undefined;
};

/** Into its conversation; nowhere where that was removed meanwhile. */
export const appendItem = (sql: Sql, entry: NewEntry): Promise<number> =>
  sql.run(
    `INSERT INTO transcript(session, talk, event, labels, source, item, at, ref, whole)
     SELECT $1, coalesce($9, (SELECT talk FROM session WHERE id = $1)), $2, $3, $4, $5, $6, $7, $8
     WHERE $9 IS NULL OR EXISTS(SELECT 1 FROM talk WHERE session = $1 AND number = $9)`,
    entry.session,
    entry.event,
    JSON.stringify(entry.labels),
    entry.source ?? null,
    JSON.stringify(entry.item),
    entry.at,
    entry.item.role === 'tool' ? (entry.item.ref ?? null) : null,
    entry.whole ?? null,
    entry.talk ?? null,
  );

/** The event whose turn wrote the first entry of a session, or has it still to write. */
export async function firstEventOf(sql: Sql, session: string): Promise<string | undefined> {
  const row = await sql.get(
    `SELECT coalesce((SELECT event FROM transcript WHERE session = $1 ORDER BY seq LIMIT 1),
       (SELECT spool.id FROM spool JOIN session ON lane = key WHERE session.id = $1 ORDER BY seq LIMIT 1)) AS event`,
    session,
  );
  return row?.event === null || row?.event === undefined ? undefined : String(row.event);
}

export interface Conversation {
  /** As planners are told it now: since the last fresh start or summary, which comes first, oldest first. */
  read(): Promise<readonly TranscriptEntry[]>;
}

/** The same, read once. */
export const conversation = (sql: Sql, session: string): Promise<readonly TranscriptEntry[]> =>
  openConversation(sql, session).read();

/** A conversation that is read again and again: of what was read before, only what is new. */
export function openConversation(sql: Sql, session: string): Conversation {
  let last = { known: [] as readonly TranscriptEntry[], talk: 0, begun: 0, newest: 0 };
  return {
    read: async () => {
      // Whoever reads at the same time begins where this one does.
      const { known, talk, begun, newest } = last;
      const rows = await rowsAfter(sql, session, { talk, begun, newest });
      const [first] = rows;
      // The number of one that was removed may be given again: when it was begun tells them apart.
      const moved =
        first !== undefined && (Number(first.now) !== talk || Number(first.begun) !== begun);
      const since = Number(first?.since ?? 0);
      const fresh = rows.filter(({ seq }) => seq !== null).map(entryOf);
      const before = moved ? [] : known.filter(({ seq }) => seq > since);
      const now = [...before, ...fresh];
      last = {
        known: now,
        talk: Number(first?.now ?? talk),
        begun: Number(first?.begun ?? begun),
        newest: Math.max(moved ? 0 : newest, ...fresh.map(({ seq }) => seq)),
      };
      return summaryFirst(now);
    },
  };
}

/** Whatever is newer than what is known; all of it where another conversation goes on now. */
const rowsAfter = (
  sql: Sql,
  session: string,
  {
    talk,
    begun,
    newest,
  }: { readonly talk: number; readonly begun: number; readonly newest: number },
): Promise<readonly Row[]> =>
  sql.all(
    `SELECT talk.number AS now, talk.begun_at AS begun, talk.since, ${ENTRY} FROM session
     JOIN talk ON talk.session = session.id AND talk.number = session.talk
     LEFT JOIN transcript ON transcript.session = session.id AND transcript.talk = talk.number
       AND transcript.seq > CASE WHEN talk.number = $2 AND talk.begun_at = $4
         THEN max(talk.since, $3) ELSE talk.since END
     WHERE session.id = $1 ORDER BY transcript.seq`,
    session,
    talk,
    newest,
    begun,
  );

/** Only the newest summary counts, and it stands for what came before everything else. */
function summaryFirst(entries: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  const newest = entries.findLast(({ item }) => item.role === 'summary');
  return newest ? [newest, ...entries.filter(({ item }) => item.role !== 'summary')] : entries;
}

/** The newest `limit` entries of a session by its key, oldest first, fresh starts and all. */
export async function recentEntries(
  sql: Sql,
  key: string,
  limit: number,
): Promise<readonly TranscriptEntry[]> {
  const rows = await sql.all(
    `SELECT ${ENTRY} FROM transcript JOIN session ON session.id = transcript.session
     WHERE session.key = $1 ORDER BY transcript.seq DESC LIMIT $2`,
    key,
    limit,
  );
  return rows.map(entryOf).toReversed();
}

/** Without what is kept whole: that may be long, and is read only where it is asked for. */
export const ENTRY = ['seq', 'session', 'event', 'labels', 'source', 'item', 'at']
  .map((column) => `transcript.${column}`)
  .join(', ');

export const entryOf = (row: Row): TranscriptEntry => ({
  seq: Number(row.seq),
  session: String(row.session),
  event: String(row.event),
  labels: JSON.parse(String(row.labels)) as Labels,
  ...(row.source === null ? {} : { source: String(row.source) }),
  item: JSON.parse(String(row.item)) as TranscriptItem,
  at: Number(row.at),
});
