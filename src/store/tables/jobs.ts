import type { Address } from '../../domain/address.ts';
import type { Job, NewJob, Schedule } from '../../domain/job.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** Keeps a new job. Resolves to its id. */
export async function insertJob(sql: Sql, job: NewJob): Promise<string> {
  const row = await sql.get(
    `INSERT INTO job(does, said, schedule, stated, zone, agent, home, made_by, created_at,
       next_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING number`,
    job.does,
    job.text,
    JSON.stringify(job.schedule),
    job.when,
    job.zone,
    job.agent,
    JSON.stringify(job.to),
    job.by,
    job.createdAt,
    job.nextAt,
  );
  return idOf(Number(row?.number));
}

/** All of them, the next to come first; those that are paused last. */
export const allJobs = async (sql: Sql): Promise<readonly Job[]> =>
  (await sql.all('SELECT * FROM job ORDER BY paused, next_at, number')).map(jobOf);

export async function jobById(sql: Sql, id: string): Promise<Job | undefined> {
  const row = await sql.get('SELECT * FROM job WHERE number = $1', numberOf(id));
  return row && jobOf(row);
}

/** When the next job is due; undefined where none is. */
export async function nextDue(sql: Sql): Promise<number | undefined> {
  const row = await sql.get('SELECT min(next_at) AS at FROM job WHERE paused = 0');
  return typeof row?.at === 'number' ? row.at : undefined;
}

/** A job that is due at `now`, the one that waits longest. */
export async function dueJob(sql: Sql, now: number): Promise<Job | undefined> {
  const row = await sql.get(
    'SELECT * FROM job WHERE paused = 0 AND next_at <= $1 ORDER BY next_at, number LIMIT 1',
    now,
  );
  return row && jobOf(row);
}

/** Notes a run, and when the next one is. */
export const moveJob = (
  sql: Sql,
  { id }: Pick<Job, 'id'>,
  to: { readonly next: number; readonly at: number; readonly event: string | undefined },
): Promise<number> =>
  sql.run(
    `UPDATE job SET next_at = $1, last_at = $2, last_event = coalesce($3, last_event)
     WHERE number = $4`,
    to.next,
    to.at,
    to.event ?? null,
    numberOf(id),
  );

/** False where there is no such job, or it was so already. */
export const pauseJob = async (
  sql: Sql,
  id: string,
  to: { readonly paused: boolean; readonly next: number },
): Promise<boolean> =>
  (await sql.run(
    'UPDATE job SET paused = $1, next_at = $2 WHERE number = $3 AND paused <> $1',
    to.paused ? 1 : 0,
    to.next,
    numberOf(id),
  )) === 1;

/** Lets a job be due at once. False where it rests. */
export const hastenJob = async (sql: Sql, id: string, at: number): Promise<boolean> =>
  (await sql.run(
    'UPDATE job SET next_at = min(next_at, $1) WHERE number = $2 AND paused = 0',
    at,
    numberOf(id),
  )) === 1;

export const dropJob = async (sql: Sql, id: string): Promise<boolean> =>
  (await sql.run('DELETE FROM job WHERE number = $1', numberOf(id))) === 1;

const idOf = (number: number): string => `j${number}`;

/** -1, which no job has, for what is no id. */
const numberOf = (id: string): number => (/^j[1-9]\d{0,14}$/.test(id) ? Number(id.slice(1)) : -1);

const jobOf = (row: Row): Job => ({
  id: idOf(Number(row.number)),
  does: row.does === 'say' ? 'say' : 'ask',
  text: String(row.said),
  schedule: JSON.parse(String(row.schedule)) as Schedule,
  when: String(row.stated),
  zone: String(row.zone),
  agent: String(row.agent),
  to: JSON.parse(String(row.home)) as Address,
  by: row.made_by === 'owner' ? 'owner' : 'agent',
  createdAt: Number(row.created_at),
  paused: row.paused === 1,
  nextAt: Number(row.next_at),
  ...(row.last_at === null ? {} : { lastAt: Number(row.last_at) }),
  ...(row.last_event === null ? {} : { lastEvent: String(row.last_event) }),
});
