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
  return (await sessionByKey(sql, session.key)) ?? session;
}

export async function sessionByKey(sql: Sql, key: string): Promise<Session | undefined> {
  const row = await sql.get('SELECT * FROM session WHERE key = $1', key);
  return row && sessionOf(row);
}

export async function sessionById(sql: Sql, id: string): Promise<Session | undefined> {
  const row = await sql.get('SELECT * FROM session WHERE id = $1', id);
  return row && sessionOf(row);
}

/** Nothing of a session is told in the feed until it begins afresh. */
export const hushSession = (sql: Sql, id: string): Promise<number> =>
  sql.run('UPDATE session SET hushed = 1 WHERE id = $1 AND hushed = 0', id);

/** True for a session that was hushed, or whose channel is private. */
export async function isHushed(
  sql: Sql,
  { session: id }: { readonly session?: string },
  isPrivate: (channel: string) => boolean,
): Promise<boolean> {
  const session = id === undefined ? undefined : await sessionById(sql, id);
  return session !== undefined && (session.hushed === true || isPrivate(session.home.channel));
}

/** Lets another agent answer in a session from its next turn on. */
export const setSessionAgent = (sql: Sql, id: string, agent: string): Promise<number> =>
  sql.run('UPDATE session SET agent = $1 WHERE id = $2', agent, id);

/** Every session whose key begins with `prefix`, such as `telegram:dm:`. */
export async function sessionsStarting(sql: Sql, prefix: string): Promise<readonly Session[]> {
  const rows = await sql.all(
    'SELECT * FROM session WHERE substr(key, 1, $1) = $2',
    prefix.length,
    prefix,
  );
  return rows.map(sessionOf);
}

/** The same, of those in whose lane something waits or is under way. */
export async function sessionsUnderWay(sql: Sql, prefix: string): Promise<readonly Session[]> {
  const rows = await sql.all(
    `SELECT * FROM session WHERE substr(key, 1, $1) = $2
       AND EXISTS(SELECT 1 FROM spool WHERE lane = key AND state = 'waiting')`,
    prefix.length,
    prefix,
  );
  return rows.map(sessionOf);
}

const sessionOf = (row: Row): Session => ({
  id: String(row.id),
  key: String(row.key),
  agent: String(row.agent),
  home: JSON.parse(String(row.home)) as Address,
  startedAt: Number(row.started_at),
  ...(Number(row.hushed) === 1 ? { hushed: true } : {}),
});
