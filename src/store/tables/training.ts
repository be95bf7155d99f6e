import type { Json } from '../../base/json.ts';
import type { Labels } from '../../domain/label.ts';
import type { Row, Sql } from '../../domain/store.ts';
import type { TrainingItem, TrainingState } from '../../domain/training.ts';

/** Keeps a wish. False where its id is taken. */
export const insertTraining = async (sql: Sql, item: TrainingItem): Promise<boolean> =>
  (await sql.run(
    `INSERT INTO training(id, agent, action, resource, capability, words, why, labels, session, event,
     at, state) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT(id) DO NOTHING`,
    item.id,
    item.agent,
    item.action,
    JSON.stringify(item.resource),
    item.capability,
    JSON.stringify(item.words),
    item.why,
    JSON.stringify(item.labels),
    item.session ?? null,
    item.event ?? null,
    item.at,
    item.state,
  )) === 1;

export async function trainingById(sql: Sql, id: string): Promise<TrainingItem | undefined> {
  const row = await sql.get('SELECT * FROM training WHERE id = $1', id);
  return row && itemOf(row);
}

/** What waits, of one agent or of all; the newest first. */
export async function waitingTraining(sql: Sql, agent?: string): Promise<readonly TrainingItem[]> {
  const rows = await sql.all(
    `SELECT * FROM training WHERE state = 'waiting' AND agent = coalesce($1, agent)
     ORDER BY at DESC, id`,
    agent ?? null,
  );
  return rows.map(itemOf);
}

/** True where the same wish of the same agent waits already. */
export async function isWaiting(
  sql: Sql,
  { agent, action, resource }: Pick<TrainingItem, 'agent' | 'action' | 'resource'>,
): Promise<boolean> {
  const row = await sql.get(
    `SELECT 1 AS one FROM training
     WHERE state = 'waiting' AND agent = $1 AND action = $2 AND resource = $3`,
    agent,
    action,
    JSON.stringify(resource),
  );
  return row !== undefined;
}

/** Ends a wish, once. False where it did not wait any more. */
export const endTraining = async (
  sql: Sql,
  id: string,
  ended: {
    readonly state: Exclude<TrainingState, 'waiting'>;
    readonly outcome?: 'done' | 'failed';
    readonly at: number;
  },
): Promise<boolean> =>
  (await sql.run(
    `UPDATE training SET state = $1, outcome = $2, ended_at = $3 WHERE id = $4 AND state = 'waiting'`,
    ended.state,
    ended.outcome ?? null,
    ended.at,
    id,
  )) === 1;

/** Drops the oldest of an agent that wait, down to `most`: a student that asks without end fills nothing. */
export const dropOldest = (
  sql: Sql,
  agent: string,
  { most, at }: { readonly most: number; readonly at: number },
): Promise<number> =>
  sql.run(
    `UPDATE training SET state = 'dropped', ended_at = $1 WHERE state = 'waiting' AND agent = $2
     AND id NOT IN (SELECT id FROM training WHERE agent = $2 AND state = 'waiting'
       ORDER BY at DESC, id LIMIT $3)`,
    at,
    agent,
    most,
  );

const itemOf = (row: Row): TrainingItem => ({
  id: String(row.id),
  agent: String(row.agent),
  action: String(row.action),
  resource: JSON.parse(String(row.resource)) as Json,
  capability: String(row.capability),
  words: JSON.parse(String(row.words)) as string[],
  why: String(row.why),
  labels: JSON.parse(String(row.labels)) as Labels,
  ...(row.session === null ? {} : { session: String(row.session) }),
  ...(row.event === null ? {} : { event: String(row.event) }),
  at: Number(row.at),
  state: String(row.state) as TrainingState,
  ...(row.outcome === null ? {} : { outcome: String(row.outcome) as 'done' | 'failed' }),
  ...(row.ended_at === null ? {} : { endedAt: Number(row.ended_at) }),
});
