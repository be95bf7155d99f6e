import type { StandingApproval } from '../../domain/standing-approval.ts';
import type { Row, Sql } from '../../domain/store.ts';

export const insertStanding = (sql: Sql, given: StandingApproval): Promise<number> =>
  sql.run(
    `INSERT INTO standing(id, agent, action, jail, access, folder, sender, program, words, extent,
       given_by, created_at, expires_at)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    given.id,
    given.agent,
    given.action,
    given.jail,
    given.access,
    given.folder,
    given.sender,
    given.program,
    JSON.stringify(given.words),
    given.extent,
    given.by,
    given.createdAt,
    given.expiresAt,
  );

/** Those that hold at `now`, oldest first; with `scope` only those of one agent, jail and sender. */
export async function standingAt(
  sql: Sql,
  now: number,
  scope?: Pick<StandingApproval, 'agent' | 'jail' | 'sender'>,
): Promise<readonly StandingApproval[]> {
  const order = 'ORDER BY created_at, id';
  const rows = scope
    ? await sql.all(
        `SELECT * FROM standing WHERE expires_at > $1 AND agent = $2 AND jail = $3 AND sender = $4 ${order}`,
        now,
        scope.agent,
        scope.jail,
        scope.sender,
      )
    : await sql.all(`SELECT * FROM standing WHERE expires_at > $1 ${order}`, now);
  return rows.map(standingOf);
}

/** Counts a use. False where it is gone or has expired. */
export const useStanding = async (sql: Sql, id: string, now: number): Promise<boolean> =>
  (await sql.run(
    'UPDATE standing SET uses = uses + 1, last_used_at = $1 WHERE id = $2 AND expires_at > $1',
    now,
    id,
  )) === 1;

/** Takes one away; resolves to what it was. */
export async function deleteStanding(sql: Sql, id: string): Promise<StandingApproval | undefined> {
  const row = await sql.get('DELETE FROM standing WHERE id = $1 RETURNING *', id);
  return row && standingOf(row);
}

/** One as its row has it, whatever that is. */
export interface StandingRow {
  readonly id: string;
  readonly program: string;
  /** All that it holds to, who gave it and for how long; `words` as the text that they are kept as. */
  readonly bound: readonly (string | number)[];
}

/** All of them, also those that do not hold any more; oldest first. */
export const standingRows = async (sql: Sql): Promise<readonly StandingRow[]> =>
  (await sql.all('SELECT * FROM standing ORDER BY created_at, id')).map((row) => ({
    id: String(row.id),
    program: String(row.program),
    bound: [...TEXTS.map((name) => String(row[name])), ...TIMES.map((name) => Number(row[name]))],
  }));

const TEXTS = [
  'agent',
  'action',
  'jail',
  'access',
  'folder',
  'sender',
  'program',
  'words',
  'extent',
  'given_by',
];
const TIMES = ['created_at', 'expires_at'];

/** Takes one away, whatever is in its row. */
export const dropStanding = (sql: Sql, id: string): Promise<number> =>
  sql.run('DELETE FROM standing WHERE id = $1', id);

/** Takes away all that stand for somebody (`telegram/42`), or that they gave. */
export const deleteStandingOf = async (
  sql: Sql,
  who: string,
): Promise<readonly StandingApproval[]> =>
  (await sql.all('DELETE FROM standing WHERE sender = $1 OR given_by = $1 RETURNING *', who)).map(
    standingOf,
  );

/** Takes away those that do not hold any more. */
export const deleteExpiredStanding = (sql: Sql, now: number): Promise<number> =>
  sql.run('DELETE FROM standing WHERE expires_at <= $1', now);

const standingOf = (row: Row): StandingApproval => ({
  id: String(row.id),
  agent: String(row.agent),
  action: String(row.action),
  jail: String(row.jail),
  access: String(row.access),
  folder: String(row.folder),
  sender: String(row.sender),
  program: String(row.program),
  words: JSON.parse(String(row.words)) as readonly string[],
  extent: row.extent === 'prefix' ? 'prefix' : 'exact',
  by: String(row.given_by),
  createdAt: Number(row.created_at),
  expiresAt: Number(row.expires_at),
  ...(row.last_used_at === null ? {} : { lastUsedAt: Number(row.last_used_at) }),
  uses: Number(row.uses),
});
