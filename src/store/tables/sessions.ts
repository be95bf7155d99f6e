import type { Address } from '../../domain/address.ts';
import type { Session } from '../../domain/session.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** The session of a key, made on first use. */
export async function ensureSession(sql: Sql, session: Session): Promise<Session> {
  const known = await sessionByKey(sql, session.key);
  if (known) return known;
  await sql.run(
    `INSERT INTO session(id, key, agent, home, started_at) VALUES($1, $2, $3, $4, $5)
     ON CONFLICT(key) DO NOTHING`,
    session.id,
    session.key,
    session.agent,
    JSON.stringify(session.home),
    session.startedAt,
  );
  await sql.run(
    `INSERT INTO talk(session, number, agent, begun_at)
     SELECT id, 1, agent, started_at FROM session WHERE key = $1 ON CONFLICT(session, number) DO NOTHING`,
    session.key,
  );
  return (await sessionByKey(sql, session.key)) ?? session;
}

export async function sessionByKey(sql: Sql, key: string): Promise<Session | undefined> {
  const row = await sql.get(`${SESSIONS} WHERE key = $1`, key);
  return row && sessionOf(row);
}

export async function sessionById(sql: Sql, id: string): Promise<Session | undefined> {
  const row = await sql.get(`${SESSIONS} WHERE id = $1`, id);
  return row && sessionOf(row);
}

/** Nothing of the present conversation of a session is told in the feed any more. */
export const hushSession = (sql: Sql, id: string): Promise<number> =>
  sql.run(
    'INSERT INTO hush(session, talk) SELECT id, talk FROM session WHERE id = $1 ON CONFLICT DO NOTHING',
    id,
  );

/** True for a session that was hushed, or whose channel is private. */
export async function isHushed(
  sql: Sql,
  { session: id }: { readonly session?: string },
  isPrivate: (channel: string) => boolean,
): Promise<boolean> {
  const session = id === undefined ? undefined : await sessionById(sql, id);
  return session !== undefined && (session.hushed === true || isPrivate(session.home.channel));
}

/** Every session whose key begins with `prefix`, such as `telegram:dm:`. */
export async function sessionsStarting(sql: Sql, prefix: string): Promise<readonly Session[]> {
  const rows = await sql.all(`${SESSIONS} WHERE substr(key, 1, $1) = $2`, prefix.length, prefix);
  return rows.map(sessionOf);
}

/** The same, of those in whose lane something waits or is under way. */
export async function sessionsUnderWay(sql: Sql, prefix: string): Promise<readonly Session[]> {
  const rows = await sql.all(
    `${SESSIONS} WHERE substr(key, 1, $1) = $2
       AND EXISTS(SELECT 1 FROM spool WHERE lane = key AND state = 'waiting')`,
    prefix.length,
    prefix,
  );
  return rows.map(sessionOf);
}

/** With what was chosen for the present conversation, and whether it is hushed. */
const SESSIONS = `SELECT session.*, talk.model,
    EXISTS(SELECT 1 FROM hush WHERE hush.session = session.id AND hush.talk = session.talk) AS hushed
  FROM session
  LEFT JOIN talk ON talk.session = session.id AND talk.number = session.talk`;

const sessionOf = (row: Row): Session => ({
  id: String(row.id),
  key: String(row.key),
  agent: String(row.agent),
  home: JSON.parse(String(row.home)) as Address,
  startedAt: Number(row.started_at),
  talk: Number(row.talk),
  ...(Number(row.hushed) === 1 ? { hushed: true } : {}),
  ...(row.model === null ? {} : { model: String(row.model) }),
});
