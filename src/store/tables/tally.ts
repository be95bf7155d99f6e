import type { BreakdownWish, Dimension } from '../../domain/breakdown.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** What is counted together. Empty texts for what is nobody's, of no agent, of no chat or without a model. */
export interface Place {
  readonly user: string;
  /** The agent's id. */
  readonly agent: string;
  readonly channel: string;
}

export interface Cell extends Place {
  /** Local: `2026-02-03`. */
  readonly day: string;
  readonly model: string;
}

export const COUNTS = [
  ...['replies', 'actions', 'asked', 'calls'],
  ...['input', 'output', 'cached', 'reasoning', 'ms'],
] as readonly (keyof Counts)[];

/** Tokens as providers count them; `ms`: how long models took. */
export interface Counts {
  readonly replies: number;
  readonly actions: number;
  readonly asked: number;
  readonly calls: number;
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  readonly reasoning: number;
  readonly ms: number;
}

/** A question to a model that was not answered yet: by the run. */
export interface Open extends Place {
  readonly at: number;
}

const PLACE = ['day', 'of_user', 'agent', 'channel', 'model'];
const ADD = `INSERT INTO tally(${[...PLACE, ...COUNTS].join(', ')})
  VALUES(${[...PLACE, ...COUNTS].map((_, at) => `$${at + 1}`).join(', ')})
  ON CONFLICT(${PLACE.join(', ')}) DO UPDATE SET
  ${COUNTS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`;

export const addToTally = (sql: Sql, cell: Cell, counts: Counts): Promise<number> =>
  sql.run(
    ADD,
    ...[cell.day, cell.user, cell.agent, cell.channel, cell.model],
    ...COUNTS.map((name) => counts[name]),
  );

/** What one name had of one model. */
export interface TallySum extends Counts {
  readonly name: string;
  readonly model: string;
}

const COLUMNS: Readonly<Record<Dimension, string>> = {
  user: 'of_user',
  agent: 'agent',
  channel: 'channel',
  model: 'model',
  day: 'day',
};

/** The sums of some days; by an index, whoever they are of. */
export async function tallySums(
  sql: Sql,
  { by, since, until, user }: BreakdownWish,
): Promise<readonly TallySum[]> {
  const sums = COUNTS.map((name) => `sum(${name}) AS ${name}`).join(', ');
  const [table, whose] =
    user === undefined ? ['tally', ''] : ['tally INDEXED BY tally_user', 'AND of_user = $3'];
  const rows = await sql.all(
    `SELECT ${COLUMNS[by]} AS name, model, ${sums} FROM ${table}
     WHERE day >= $1 AND day <= $2 ${whose} GROUP BY 1, 2`,
    ...[since, until],
    ...(user === undefined ? [] : [user]),
  );
  return rows.map((row) => ({
    name: String(row.name),
    model: String(row.model),
    ...countsOf(row),
  }));
}

const countsOf = (row: Row): Counts =>
  Object.fromEntries(COUNTS.map((name) => [name, Number(row[name])])) as unknown as Counts;

/** The last entry of the record that is counted; undefined before the first. */
export async function tallyMark(sql: Sql): Promise<number | undefined> {
  const row = await sql.get('SELECT seq FROM tally_mark');
  return row && Number(row.seq);
}

export const setTallyMark = (sql: Sql, seq: number): Promise<number> =>
  sql.run(
    'INSERT INTO tally_mark(one, seq) VALUES(1, $1) ON CONFLICT(one) DO UPDATE SET seq = $1',
    seq,
  );

export async function openQuestion(sql: Sql, run: string): Promise<Open | undefined> {
  const row = await sql.get('SELECT * FROM tally_open WHERE run = $1', run);
  return (
    row && {
      at: Number(row.at),
      user: String(row.of_user),
      agent: String(row.agent),
      channel: String(row.channel),
    }
  );
}

export const keepQuestion = (sql: Sql, run: string, open: Open): Promise<number> =>
  sql.run(
    `INSERT INTO tally_open(run, at, of_user, agent, channel) VALUES($1, $2, $3, $4, $5)
     ON CONFLICT(run) DO UPDATE SET at = $2`,
    ...[run, open.at, open.user, open.agent, open.channel],
  );

export const dropQuestion = (sql: Sql, run: string): Promise<number> =>
  sql.run('DELETE FROM tally_open WHERE run = $1', run);

/** Forgets the days before one, and questions from before a moment (milliseconds since 1970) that nobody answered. */
export async function forgetTally(sql: Sql, day: string, at: number): Promise<number> {
  await sql.run('DELETE FROM tally_open WHERE at < $1', at);
  return sql.run('DELETE FROM tally WHERE day < $1', day);
}
