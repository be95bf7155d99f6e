import type { Json } from '../../base/json.ts';
import type { Complexity } from '../../domain/complexity.ts';
import type { Run, RunState } from '../../domain/run.ts';
import type { Sql } from '../../domain/store.ts';

/**
 * Notes that an action is about to be done. `again`: one that did no harm and did not end well may
 * begin anew. False where a run of this id is on record already: then it must not be done.
 */
export const beginRun = async (
  sql: Sql,
  run: Run,
  { boot, again }: { readonly boot: string; readonly again: boolean },
): Promise<boolean> =>
  (await sql.run(
    `INSERT INTO run(id, digest, action, boot, state, begun_at, agent, capability, complexity)
     VALUES($1, $2, $3, $4, 'begun', $5, $7, $8, $9)
     ON CONFLICT(id) DO UPDATE SET digest = $2, boot = $4, state = 'begun', result = NULL, begun_at = $5
     WHERE $6 = 1 AND run.action = $3 AND run.state IN ('begun', 'failed')`,
    run.id,
    run.digest,
    run.action,
    boot,
    run.begunAt,
    again ? 1 : 0,
    run.agent ?? null,
    run.capability ?? null,
    run.complexity ?? null,
  )) === 1;

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
    ...(row.agent === null ? {} : { agent: String(row.agent) }),
    ...(row.capability === null ? {} : { capability: String(row.capability) }),
    ...(row.complexity === null ? {} : { complexity: Number(row.complexity) as Complexity }),
  };
}
