import { type FeedMode, feedModes, type Maturity, maturities } from '../../domain/agent.ts';
import type { MaturityChange } from '../../domain/agent-change.ts';
import { type WakeKind, wakeKinds } from '../../domain/errand.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** A new agent. What is left out is the profile's, or all there is. */
export interface NewAgent {
  readonly id: string;
  readonly name: string;
  readonly maturity: Maturity;
  readonly model?: string | undefined;
  readonly fallbacks?: readonly string[] | undefined;
  readonly workspace?: string | undefined;
  readonly jails?: readonly string[] | undefined;
  readonly skills?: readonly string[] | undefined;
  readonly feed?: FeedMode | undefined;
  readonly private?: boolean | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt?: number;
}

/** An agent as the store knows it. */
export interface AgentRow extends NewAgent {
  readonly paused: boolean;
  readonly createdAt: number;
  /** Posts of the feed that it wakes for. */
  readonly wakes: readonly WakeKind[];
  /** Ids of the only agents that may ask it something; absent: all of them, or none where it is private. */
  readonly askedBy?: readonly string[];
  /** The maturity that was suggested for it last, at the one it has. */
  readonly suggested?: Maturity;
}

/** Makes an agent on first use; one that is there keeps the maturity it has earned. 1 where it is new. */
export const ensureAgent = (sql: Sql, agent: NewAgent): Promise<number> =>
  sql.run(
    `INSERT INTO agent(id, name, maturity, model, workspace, jails, skills, created_at, feed, private, fallbacks)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    agent.id,
    agent.name,
    agent.maturity,
    agent.model ?? null,
    agent.workspace ?? null,
    agent.jails ? JSON.stringify(agent.jails) : null,
    agent.skills ? JSON.stringify(agent.skills) : null,
    agent.createdAt ?? 0,
    agent.feed ?? null,
    agent.private === true ? 1 : 0,
    agent.fallbacks ? JSON.stringify(agent.fallbacks) : null,
  );

/** Chooses what an agent thinks with; undefined: what the profile says. 0 where there is no such agent. */
export const setModel = (
  sql: Sql,
  id: string,
  { model, fallbacks }: Pick<NewAgent, 'model' | 'fallbacks'>,
): Promise<number> =>
  sql.run(
    'UPDATE agent SET model = $1, fallbacks = $2 WHERE id = $3',
    model ?? null,
    fallbacks ? JSON.stringify(fallbacks) : null,
    id,
  );

export async function agentById(sql: Sql, id: string): Promise<AgentRow | undefined> {
  const row = await sql.get('SELECT * FROM agent WHERE id = $1', id);
  return row && agentOf(row);
}

/** Every agent, the oldest first. */
export async function allAgents(sql: Sql): Promise<readonly AgentRow[]> {
  const rows = await sql.all('SELECT * FROM agent ORDER BY created_at, id');
  return rows.flatMap((row) => agentOf(row) ?? []);
}

/** How mature each is, and no more than that. One that nobody defined may do nothing, and is none of them. */
export async function agentMaturities(
  sql: Sql,
): Promise<readonly Pick<AgentRow, 'id' | 'maturity'>[]> {
  const rows = await sql.all('SELECT id, maturity FROM agent');
  return rows.flatMap((row) => {
    const maturity = known(row.maturity);
    return maturity ? [{ id: String(row.id), maturity }] : [];
  });
}

/** False where it was so already, or there is no such agent. */
export const setPaused = async (sql: Sql, id: string, paused: boolean): Promise<boolean> =>
  (await sql.run(
    'UPDATE agent SET paused = $1 WHERE id = $2 AND paused <> $1',
    paused ? 1 : 0,
    id,
  )) === 1;

/** Says how much of what an agent does is told, and to whom. What is left out stays. */
export const setTold = (
  sql: Sql,
  id: string,
  told: Pick<NewAgent, 'feed' | 'private'>,
): Promise<number> =>
  sql.run(
    'UPDATE agent SET feed = coalesce($1, feed), private = coalesce($2, private) WHERE id = $3',
    told.feed ?? null,
    told.private === undefined ? null : Number(told.private),
    id,
  );

/** What an agent wakes for, and who may ask it: null for the usual. What is left out stays. */
export interface Reach {
  readonly wakes?: readonly WakeKind[] | undefined;
  readonly askedBy?: readonly string[] | null | undefined;
}

export async function setReach(sql: Sql, id: string, { wakes, askedBy }: Reach): Promise<void> {
  if (wakes !== undefined)
    await sql.run('UPDATE agent SET wakes = $1 WHERE id = $2', JSON.stringify(wakes), id);
  if (askedBy !== undefined)
    await sql.run(
      'UPDATE agent SET asked_by = $1 WHERE id = $2',
      askedBy === null ? null : JSON.stringify(askedBy),
      id,
    );
}

/** Notes what was suggested. False where that was suggested before. */
export const noteSuggested = async (sql: Sql, id: string, to: Maturity): Promise<boolean> =>
  (await sql.run(
    'UPDATE agent SET suggested = $1 WHERE id = $2 AND coalesce(suggested, $3) <> $1',
    to,
    id,
    '',
  )) === 1;

/** Moves an agent, once. False where it is not, or no longer, at `from`. */
export async function changeMaturity(sql: Sql, change: MaturityChange): Promise<boolean> {
  const { agent, from, to, why, by, at } = change;
  const moved = await sql.run(
    'UPDATE agent SET maturity = $1, suggested = NULL WHERE id = $2 AND maturity = $3',
    to,
    agent,
    from,
  );
  if (moved !== 1) return false;
  await sql.run(
    `INSERT INTO maturity_change(agent, from_maturity, to_maturity, why, by_whom, at)
     VALUES($1, $2, $3, $4, $5, $6)`,
    agent,
    from,
    to,
    why,
    by,
    at,
  );
  return true;
}

/** The newest first. */
export async function maturityChanges(
  sql: Sql,
  agent: string,
  limit: number,
): Promise<readonly MaturityChange[]> {
  const rows = await sql.all(
    'SELECT * FROM maturity_change WHERE agent = $1 ORDER BY seq DESC LIMIT $2',
    agent,
    limit,
  );
  return rows.map((row) => ({
    agent,
    from: String(row.from_maturity) as Maturity,
    to: String(row.to_maturity) as Maturity,
    why: String(row.why),
    by: String(row.by_whom),
    at: Number(row.at),
  }));
}

/** Undefined for a maturity that nobody defined: such an agent may do nothing. */
function agentOf(row: Row): AgentRow | undefined {
  const maturity = known(row.maturity);
  if (!maturity) return undefined;
  const suggested = known(row.suggested);
  return {
    id: String(row.id),
    name: String(row.name),
    maturity,
    ...(row.model === null ? {} : { model: String(row.model) }),
    ...(row.fallbacks === null ? {} : { fallbacks: JSON.parse(String(row.fallbacks)) as string[] }),
    ...(row.workspace === null ? {} : { workspace: String(row.workspace) }),
    ...(row.jails === null ? {} : { jails: JSON.parse(String(row.jails)) as string[] }),
    ...(row.skills === null ? {} : { skills: JSON.parse(String(row.skills)) as string[] }),
    ...(suggested ? { suggested } : {}),
    ...feedOf(row),
    wakes: listIn(row.wakes).flatMap((kind) => wakeKinds.find((one) => one === kind) ?? []),
    ...(row.asked_by === null ? {} : { askedBy: listIn(row.asked_by) }),
    paused: Number(row.paused) === 1,
    createdAt: Number(row.created_at),
  };
}

const listIn = (value: unknown): readonly string[] =>
  value === null ? [] : (JSON.parse(String(value)) as string[]);

/** What nobody defined tells least. */
const feedOf = ({ feed, private: own }: Row): Pick<AgentRow, 'feed' | 'private'> => ({
  ...(feed === null ? {} : { feed: feedModes.find((one) => one === feed) ?? 'off' }),
  ...(Number(own) === 1 ? { private: true } : {}),
});

const known = (value: unknown): Maturity | undefined => maturities.find((one) => one === value);
