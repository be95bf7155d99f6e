import type { Row, Sql } from '../../domain/store.ts';

/** One thing that an agent did. */
export interface Used {
  /** The run's id. */
  readonly run: string;
  readonly agent: string;
  /** The event whose turn it belongs to. */
  readonly task: string;
  /** On the budget's own clock. */
  readonly at: number;
  readonly command: boolean;
  /** Millionths of the currency. */
  readonly money: number;
  readonly tokens: number;
}

/** Whose use is meant: one agent's, or everybody's. */
export type Whose = string | undefined;

export interface Sums {
  readonly actions: number;
  readonly commands: number;
  readonly money: number;
  readonly tokens: number;
}

/** What models cost: millionths of the currency, and tokens, asked and answered together. */
export type Spent = Pick<Sums, 'money' | 'tokens'>;

export const insertUsed = (sql: Sql, used: Used): Promise<number> =>
  sql.run(
    `INSERT INTO usage(run, agent, task, at, command, money, tokens)
     VALUES($1, $2, $3, $4, $5, $6, $7)`,
    used.run,
    used.agent,
    used.task,
    used.at,
    used.command ? 1 : 0,
    used.money,
    used.tokens,
  );

/** Puts what was spent in the place of what was reserved for the latest try of a run. */
export const setSpent = (sql: Sql, run: string, { money, tokens }: Spent): Promise<number> =>
  sql.run(
    `UPDATE usage SET money = $1, tokens = $2
     WHERE seq = (SELECT max(seq) FROM usage WHERE run = $3)`,
    money,
    tokens,
    run,
  );

/** The latest time on record; 0 where nothing is. */
export async function lastUsedAt(sql: Sql): Promise<number> {
  const row = await sql.get('SELECT max(at) AS at FROM usage');
  return Number(row?.at ?? 0);
}

const SUMS = `count(*) AS actions, coalesce(sum(command), 0) AS commands,
  coalesce(sum(money), 0) AS money, coalesce(sum(tokens), 0) AS tokens`;

/** What was used after a moment. */
export async function usedAfter(sql: Sql, at: number, whose: Whose): Promise<Sums> {
  const row = await sql.get(
    `SELECT ${SUMS} FROM usage WHERE at > $1 AND ($2 IS NULL OR agent = $2)`,
    at,
    whose ?? null,
  );
  return sumsOf(row);
}

/** What one task has used so far. */
export async function usedByTask(sql: Sql, task: string, whose: Whose): Promise<Sums> {
  const row = await sql.get(
    `SELECT ${SUMS} FROM usage WHERE task = $1 AND ($2 IS NULL OR agent = $2)`,
    task,
    whose ?? null,
  );
  return sumsOf(row);
}

/** The single uses after a moment, oldest first. */
export async function usesAfter(
  sql: Sql,
  at: number,
  whose: Whose,
): Promise<readonly (Sums & { readonly at: number })[]> {
  const rows = await sql.all(
    `SELECT at, 1 AS actions, command AS commands, money, tokens FROM usage
     WHERE at > $1 AND ($2 IS NULL OR agent = $2) ORDER BY seq`,
    at,
    whose ?? null,
  );
  return rows.map((row) => ({ ...sumsOf(row), at: Number(row.at) }));
}

export const forgetUsedBefore = (sql: Sql, at: number): Promise<number> =>
  sql.run('DELETE FROM usage WHERE at < $1', at);

const sumsOf = (row: Row | undefined): Sums => ({
  actions: Number(row?.actions ?? 0),
  commands: Number(row?.commands ?? 0),
  money: Number(row?.money ?? 0),
  tokens: Number(row?.tokens ?? 0),
});
