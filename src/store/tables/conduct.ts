import type { Complexity } from '../../domain/complexity.ts';
import type { Deed, Mark, RecentDeed } from '../../domain/deed.ts';
import type { RunState } from '../../domain/run.ts';
import type { Row, Sql } from '../../domain/store.ts';
import { noTally, sumOf, type Tally } from '../../domain/track-record.ts';

/** Whose conduct, and since when; milliseconds since 1970. */
export interface Stretch {
  readonly agent: string;
  readonly since: number;
}

const DAY_MS = 86_400_000;

/** Thinking and answering are how an agent talks, not what it does. */
const ACTS = `action NOT IN ('llm.complete', 'message.reply')`;

/** What an agent did since a time, by capability. */
export async function tallies(sql: Sql, stretch: Stretch): Promise<ReadonlyMap<string, Tally>> {
  const all = new Map<string, Tally>();
  const add = (capability: string, tally: Tally): void => {
    all.set(capability, sumOf(all.get(capability) ?? noTally, tally));
  };
  const { agent, since } = stretch;
  for (const row of await sql.all(RUNS, agent, since)) add(String(row.capability), ofRuns(row));
  for (const row of await sql.all(ANSWERS, agent, since))
    add(String(row.capability), ofAnswers(row));
  for (const row of await sql.all(TRAINED, agent, since))
    add(String(row.capability), { ...noTally, supervised: Number(row.many) });
  return all;
}

const RUNS = `SELECT capability, complexity, count(*) AS many, sum(undone) AS undone,
    sum(harmful) AS harmful, sum(CASE WHEN state IN ('failed', 'uncertain') THEN 1 ELSE 0 END) AS failed
  FROM run WHERE agent = $1 AND begun_at >= $2 AND ${ACTS} GROUP BY capability, complexity`;

const ANSWERS = `SELECT capability, state, count(*) AS many FROM approval
  WHERE agent = $1 AND asked_at >= $2 AND state <> 'pending' GROUP BY capability, state`;

const TRAINED = `SELECT capability, count(*) AS many FROM training
  WHERE agent = $1 AND ended_at >= $2 AND state = 'replayed' AND outcome = 'done' GROUP BY capability`;

function ofRuns(row: Row): Tally {
  const actions: [number, number, number, number] = [0, 0, 0, 0];
  actions[(Number(row.complexity) as Complexity) - 1] = Number(row.many);
  return {
    ...noTally,
    actions,
    failed: Number(row.failed),
    undone: Number(row.undone),
    harmful: Number(row.harmful),
  };
}

function ofAnswers({ state, many }: Row): Tally {
  const count = Number(many);
  if (state === 'approved' || state === 'used') return { ...noTally, granted: count };
  return state === 'denied' ? { ...noTally, denied: count } : { ...noTally, expired: count };
}

/** Actions in each of the last `days` stretches of 24 hours, the oldest first. */
export async function actionsPerDay(
  sql: Sql,
  agent: string,
  { now, days }: { readonly now: number; readonly days: number },
): Promise<readonly number[]> {
  const rows = await sql.all(
    `SELECT (CAST($1 AS BIGINT) - begun_at) / ${DAY_MS} AS ago, count(*) AS many FROM run
     WHERE agent = $2 AND begun_at > $3 AND begun_at <= $1 AND ${ACTS} GROUP BY ago`,
    now,
    agent,
    now - days * DAY_MS,
  );
  const byAge = new Map(rows.map(({ ago, many }) => [Number(ago), Number(many)]));
  return Array.from({ length: days }, (_, day) => byAge.get(days - 1 - day) ?? 0);
}

/** When an agent came to the maturity that it has. */
export async function maturitySince(sql: Sql, agent: string): Promise<number> {
  const row = await sql.get(
    `SELECT coalesce((SELECT max(at) FROM maturity_change WHERE agent = $1), created_at) AS since
     FROM agent WHERE id = $1`,
    agent,
  );
  return Number(row?.since ?? 0);
}

/** Marks an agent's run, once. Undefined where it has that mark, or is no agent's. */
export async function markRun(sql: Sql, id: string, mark: Mark): Promise<Deed | undefined> {
  const column = mark === 'undone' ? 'undone' : 'harmful';
  const row = await sql.get(
    `UPDATE run SET ${column} = 1 WHERE id = $1 AND agent IS NOT NULL AND ${column} = 0
     RETURNING agent, capability, complexity, undone, harmful`,
    id,
  );
  return (
    row && {
      agent: String(row.agent),
      capability: String(row.capability),
      complexity: Number(row.complexity),
      undone: Number(row.undone) === 1,
      harmful: Number(row.harmful) === 1,
    }
  );
}

/** The latest things that an agent did or tried, for those who want to mark one. */
export async function recentDeeds(
  sql: Sql,
  agent: string,
  limit: number,
): Promise<readonly RecentDeed[]> {
  const rows = await sql.all(
    `SELECT * FROM run WHERE agent = $1 AND ${ACTS} ORDER BY begun_at DESC, id DESC LIMIT $2`,
    agent,
    limit,
  );
  return rows.map((row) => ({
    id: String(row.id),
    at: Number(row.begun_at),
    state: String(row.state) as RunState,
    agent,
    capability: String(row.capability),
    complexity: Number(row.complexity),
    undone: Number(row.undone) === 1,
    harmful: Number(row.harmful) === 1,
  }));
}
