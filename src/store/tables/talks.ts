import type { Summary, Talk, TranscriptEntry } from '../../domain/session.ts';
import type { Row, Sql } from '../../domain/store.ts';
import { appendItem, ENTRY, entryOf } from './transcript.ts';

/**
 * Begins another conversation in a session, within the caller's transaction: nothing is forgotten, but what
 * came before is no longer part of it. One in which nothing was said yet, and nobody has a turn whose words are
 * yet to be written, is begun anew itself. It has the
 * model of its agent, unless it keeps the one of before.
 */
export async function startFresh(
  sql: Sql,
  session: string,
  {
    now,
    agent,
    keepsModel = false,
  }: { readonly now: number; readonly agent?: string; readonly keepsModel?: boolean },
): Promise<void> {
  const row = await sql.get(
    `SELECT talk, agent,
       (SELECT model FROM talk WHERE session = $1 AND number = session.talk) AS model,
       (SELECT max(number) FROM talk WHERE session = $1) AS last,
       coalesce((SELECT max(seq) FROM transcript WHERE session = $1), 0) AS newest,
       (EXISTS(SELECT 1 FROM transcript WHERE session = $1 AND talk = session.talk)
         OR EXISTS(SELECT 1 FROM spool WHERE lane = session.key AND state = 'waiting'
           AND attempts > 0 AND spool.talk = session.talk)) AS used
     FROM session WHERE id = $1`,
    session,
  );
  if (!row) return;
  const number = Number(row.used) === 1 ? Number(row.last) + 1 : Number(row.talk);
  const by = agent ?? String(row.agent);
  await sql.run(
    `INSERT INTO talk(session, number, agent, begun_at, since, model) VALUES($1, $2, $3, $4, $5, $6)
     ON CONFLICT(session, number) DO UPDATE SET agent = $3, begun_at = $4, since = $5, model = $6`,
    ...[session, number, by, now, Number(row.newest), keepsModel ? (row.model ?? null) : null],
  );
  await sql.run('UPDATE session SET talk = $1, agent = $2 WHERE id = $3', number, by, session);
}

/** Goes on with an earlier conversation, and with its agent. False where there is none of that number. */
export async function goBackTo(sql: Sql, session: string, number: number): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE session SET talk = $2, agent = (SELECT agent FROM talk WHERE session = $1 AND number = $2)
     WHERE id = $1 AND EXISTS(SELECT 1 FROM talk WHERE session = $1 AND number = $2)`,
    session,
    number,
  );
  return changed > 0;
}

/** Which model answers in the present conversation; undefined for the one that its agent has. */
export const setTalkModel = (
  sql: Sql,
  session: string,
  model: string | undefined,
): Promise<number> =>
  sql.run(
    `UPDATE talk SET model = $2
     WHERE session = $1 AND number = (SELECT talk FROM session WHERE id = $1)`,
    session,
    model ?? null,
  );

/**
 * Keeps a summary, and with it what it covers is not told any more, within the caller's transaction. False
 * where another was kept meanwhile, or another conversation goes on.
 */
export async function keepSummary(
  sql: Sql,
  entry: Omit<TranscriptEntry, 'seq' | 'item'> & { readonly item: Summary },
): Promise<boolean> {
  const { through } = entry.item;
  const changed = await sql.run(
    `UPDATE talk SET since = $2 WHERE session = $1 AND since < $2
       AND number = (SELECT talk FROM session WHERE id = $1)
       AND EXISTS(SELECT 1 FROM transcript WHERE seq = $2 AND session = $1 AND transcript.talk = talk.number)`,
    entry.session,
    through,
  );
  if (changed === 0) return false;
  await appendItem(sql, entry);
  return true;
}

/** The conversations of a session, the newest first. */
export async function talksOf(sql: Sql, session: string): Promise<readonly Talk[]> {
  const rows = await sql.all(
    `SELECT talk.*, session.talk AS present, said.entries, said.first, said.last_at FROM session
     JOIN talk ON talk.session = session.id
     LEFT JOIN (
       SELECT talk, count(*) AS entries, min(seq) AS first, max(at) AS last_at
       FROM transcript WHERE session = $1 GROUP BY talk
     ) AS said ON said.talk = talk.number
     WHERE session.id = $1 ORDER BY talk.number DESC`,
    session,
  );
  return Promise.all(rows.map((row) => talkOf(sql, row)));
}

async function talkOf(sql: Sql, row: Row): Promise<Talk> {
  return {
    number: Number(row.number),
    agent: String(row.agent),
    ...(row.model === null ? {} : { model: String(row.model) }),
    begunAt: Number(row.begun_at),
    ...(row.last_at === null ? {} : { lastAt: Number(row.last_at) }),
    entries: Number(row.entries ?? 0),
    begins: row.first === null ? '' : await firstWords(sql, row),
    current: row.number === row.present,
  };
}

/** How many messages the present conversation of a session has answered or is answering. */
export async function turnsNow(sql: Sql, session: string): Promise<number> {
  const row = await sql.get(
    `SELECT count(DISTINCT transcript.event) AS turns FROM transcript
     JOIN session ON session.id = transcript.session AND session.talk = transcript.talk
     WHERE session.id = $1 AND json_extract(transcript.item, '$.role') = 'user'`,
    session,
  );
  return Number(row?.turns ?? 0);
}

/** When something was said or done last in a session; undefined where never. */
export async function lastSaidAt(sql: Sql, session: string): Promise<number | undefined> {
  const row = await sql.get(
    'SELECT at FROM transcript WHERE session = $1 ORDER BY seq DESC LIMIT 1',
    session,
  );
  return row && Number(row.at);
}

/** What came with a message is noted before its words. */
const NEAR_THE_FIRST = 4;

async function firstWords(sql: Sql, { session, number, first }: Row): Promise<string> {
  const rows = await sql.all(
    `SELECT ${ENTRY} FROM transcript WHERE session = $1 AND talk = $2 AND seq >= $3
     ORDER BY seq LIMIT $4`,
    String(session),
    Number(number),
    Number(first),
    NEAR_THE_FIRST,
  );
  const said = rows.map((one) => entryOf(one).item).find((item) => item.role === 'user');
  return said?.role === 'user' ? said.text : '';
}

/** One entry of the present conversation that is told in part, with the whole of it. */
export async function wholeResult(
  sql: Sql,
  session: string,
  ref: string,
): Promise<(TranscriptEntry & { readonly whole: string }) | undefined> {
  const row = await sql.get(
    `SELECT ${ENTRY}, transcript.whole FROM session
     JOIN transcript ON transcript.session = session.id AND transcript.talk = session.talk
     WHERE session.id = $1 AND transcript.ref = $2 ORDER BY transcript.seq DESC LIMIT 1`,
    session,
    ref,
  );
  if (!row) return undefined;
  const entry = entryOf(row);
  const told = entry.item.role === 'tool' ? entry.item.text : '';
  return { ...entry, whole: row.whole === null ? told : String(row.whole) };
}

/** Every entry of one conversation, oldest first, summaries and what they cover and all. */
export async function entriesOfTalk(
  sql: Sql,
  {
    session,
    number,
    limit,
  }: { readonly session: string; readonly number: number; readonly limit: number },
): Promise<readonly TranscriptEntry[]> {
  const rows = await sql.all(
    `SELECT ${ENTRY} FROM transcript WHERE session = $1 AND talk = $2 ORDER BY seq DESC LIMIT $3`,
    session,
    number,
    limit,
  );
  return rows.map(entryOf).toReversed();
}

/**
 * Removes what was said in one conversation, or in all of a session, within the caller's transaction; the
 * present one begins anew. The newest row of all is emptied instead, so that its number is not given twice.
 */
export async function removeTalks(
  sql: Sql,
  session: string,
  { number, now }: { readonly number?: number | undefined; readonly now: number },
): Promise<void> {
  const row = await sql.get('SELECT talk FROM session WHERE id = $1', session);
  if (number === undefined || Number(row?.talk) === number) await startFresh(sql, session, { now });
  const [which, args] =
    number === undefined ? ['', [session]] : [' AND talk = $2', [session, number]];
  const newest = '(SELECT max(seq) FROM transcript)';
  await sql.run(
    `UPDATE transcript SET item = '{"role":"note","text":""}', source = NULL, ref = NULL, whole = NULL
     WHERE seq = ${newest} AND session = $1${which}`,
    ...args,
  );
  await sql.run(`DELETE FROM transcript WHERE session = $1${which} AND seq < ${newest}`, ...args);
  const others = 'session = $1 AND number <> (SELECT talk FROM session WHERE id = $1)';
  await sql.run(
    `DELETE FROM talk WHERE ${others}${number === undefined ? '' : ' AND number = $2'}`,
    ...args,
  );
}
