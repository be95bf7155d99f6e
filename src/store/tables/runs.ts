import type { Json } from '../../base/json.ts';
import type { Run, RunState } from '../../domain/run.ts';
import type { Sql } from '../../domain/store.ts';

/** Notes that an action is about to be done. A run that only looked may begin again. */
export const beginRun = (sql: Sql, run: Run, boot: string): Promise<number> =>
  sql.run(
    `INSERT INTO run(id, digest, action, boot, state, begun_at) VALUES($1, $2, $3, $4, 'begun', $5)
     ON CONFLICT(id) DO UPDATE SET boot = $4, state = 'begun', begun_at = $5`,
    run.id,
    run.digest,
    run.action,
    boot,
    run.begunAt,
  );

export const endRun = (
  sql: Sql,
  id: string,
  ended: { readonly state: RunState; readonly result: Json; readonly at: number },
): Promise<number> =>
  sql.run(
    'UPDATE run SET state = $1, result = $2, ended_at = $3 WHERE id = $4',
    ended.state,
    JSON.stringify(ended.result),
    ended.at,
    id,
  );

export async function findRun(sql: Sql, id: string): Promise<Run | undefined> {
  const row = await sql.get('SELECT * FROM run WHERE id = $1', id);
  if (!row) return undefined;
  return {
    id,
    digest: String(row.digest),
    action: String(row.action),
    state: String(row.state) as RunState,
    begunAt: Number(row.begun_at),
    ...(row.result === null ? {} : { result: JSON.parse(String(row.result)) as Json }),
  };
}
