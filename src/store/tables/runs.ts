import type { Json } from '../../base/json.ts';
import type { Complexity } from '../../domain/complexity.ts';
import { isRepeatable } from '../../domain/repeatable.ts';
import type { Run, RunState } from '../../domain/run.ts';
import type { Row, Sql } from '../../domain/store.ts';

/**
 * Notes that an action is about to be done. One that may be repeated and did not end well may
 * begin anew. False where a run of this id is on record already: then it must not be done.
 */
export const beginRun = async (sql: Sql, run: Run, boot: string): Promise<boolean> =>
  (await sql.run(
    `INSERT INTO run(id, digest, action, boot, state, begun_at, agent, capability, complexity, request)
     VALUES($1, $2, $3, $4, 'begun', $5, $7, $8, $9, $10)
     ON CONFLICT(id) DO UPDATE SET digest = $2, boot = $4, state = 'begun', result = NULL, begun_at = $5, request = $10
     WHERE $6 = 1 AND run.action = $3 AND run.state IN ('begun', 'failed')`,
    run.id,
    run.digest,
    run.action,
    boot,
    run.begunAt,
    isRepeatable(run.action) ? 1 : 0,
    run.agent ?? null,
    run.capability ?? null,
    run.complexity ?? null,
    run.request === undefined ? null : JSON.stringify(run.request),
  )) === 1;

export const endRun = (
  sql: Sql,
  id: string,
  ended: { readonly state: RunState; readonly result: Json; readonly at: number },
): Promise<number> =>
  sql.run(
    `UPDATE run SET state = $1, result = $2, ended_at = $3,
       request = CASE WHEN $1 = 'uncertain' THEN request ELSE NULL END
     WHERE id = $4`,
    ended.state,
    JSON.stringify(ended.result),
    ended.at,
    id,
  );

export async function findRun(sql: Sql, id: string): Promise<Run | undefined> {
  const row = await sql.get('SELECT * FROM run WHERE id = $1', id);
  return row && runOf(row);
}

/** What another start of the gateway began, and nobody ended. */
export async function begunElsewhere(sql: Sql, boot: string): Promise<readonly Run[]> {
  const query = `SELECT * FROM run WHERE state = 'begun' AND boot <> $1 ORDER BY begun_at`;
  return (await sql.all(query, boot)).map(runOf);
}

/** What may have happened, the newest first. */
export async function uncertainRuns(sql: Sql): Promise<readonly Run[]> {
  const query = `SELECT * FROM run WHERE state = 'uncertain' ORDER BY begun_at DESC`;
  return (await sql.all(query)).map(runOf);
}

function runOf(row: Row): Run {
  return {
    id: String(row.id),
    digest: String(row.digest),
    action: String(row.action),
    state: String(row.state) as RunState,
    begunAt: Number(row.begun_at),
    ...(row.ended_at === null ? {} : { endedAt: Number(row.ended_at) }),
    ...(row.result === null ? {} : { result: JSON.parse(String(row.result)) as Json }),
    ...(row.request === null ? {} : { request: JSON.parse(String(row.request)) as Json }),
    ...(row.agent === null ? {} : { agent: String(row.agent) }),
    ...(row.capability === null ? {} : { capability: String(row.capability) }),
    ...(row.complexity === null ? {} : { complexity: Number(row.complexity) as Complexity }),
  };
}
