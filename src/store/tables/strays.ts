import type { Sql } from '../../domain/store.ts';

/** One time that an agent went where it may not, insisted, or had a command stopped by the jail. */
export interface Stray {
  /** Made from the intent's id: the same one strays once. */
  readonly id: string;
  readonly agent: string;
  readonly how: 'wrote' | 'looked' | 'overran' | 'repeated';
  /** The message that it worked on. */
  readonly task: string;
  /** Digest of what it asked for, without the id. */
  readonly wish: string;
  readonly capability: string;
  readonly why: string;
  readonly at: number;
}

/** Notes it. False where it was noted before. */
export const insertStray = async (sql: Sql, stray: Stray): Promise<boolean> =>
  (await sql.run(
    `INSERT INTO stray(id, agent, how, task, wish, capability, why, at)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT(id) DO NOTHING`,
    stray.id,
    stray.agent,
    stray.how,
    stray.task,
    stray.wish,
    stray.capability,
    stray.why,
    stray.at,
  )) === 1;

/** How often the same was asked for in the same task before, in the same way. */
export async function sameStrays(sql: Sql, stray: Stray): Promise<number> {
  const row = await sql.get(
    `SELECT count(*) AS many FROM stray
     WHERE agent = $1 AND task = $2 AND wish = $3 AND how = $4 AND id <> $5`,
    stray.agent,
    stray.task,
    stray.wish,
    stray.how,
    stray.id,
  );
  return Number(row?.many ?? 0);
}

/** How many commands of an agent the jail had to stop after `since`. */
export async function overrunsSince(sql: Sql, agent: string, since: number): Promise<number> {
  const row = await sql.get(
    `SELECT count(*) AS many FROM stray WHERE agent = $1 AND how = 'overran' AND at > $2`,
    agent,
    since,
  );
  return Number(row?.many ?? 0);
}
