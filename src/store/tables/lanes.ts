import type { Sql } from '../../domain/store.ts';

/** `in`: one lane a session. `out`: one lane a chat. */
export type Queue = 'in' | 'out';

export interface Claim {
  readonly lane: string;
  /** Rises with each claim: whoever holds an older one may not finish. */
  readonly fence: number;
  /** When the lease ends unless it is renewed, by the clock of the lanes. */
  readonly until: number;
  /** How long a lease lasts from when it is given or renewed. */
  readonly leaseMs: number;
}

/** What is done in a lane: the first of it in the transaction that claims the lane, and so in one commit. */
export interface LaneWork<T> {
  /** Writes what has to be durable before anything is done. Throwing, it takes the claim back. */
  readonly take: (sql: Sql, claim: Claim) => Promise<T>;
  /**
   * Does the rest and gives the lane back with `releaseLane`, unless `take` did. `lost` aborts when the
   * lease could not be kept: then somebody else may have the lane, and nothing is written for it any more.
   */
  readonly work: (claim: Claim, taken: T, lost: AbortSignal) => Promise<void>;
}

/** Counts one more thing waiting in a lane, and so locks the lane's row before the thing gets its number. */
export const deepen = (sql: Sql, queue: Queue, lane: string): Promise<number> =>
  sql.run(
    `INSERT INTO lane(queue, lane, depth) VALUES($1, $2, 1)
     ON CONFLICT(queue, lane) DO UPDATE SET depth = lane.depth + 1`,
    queue,
    lane,
  );

/** How many lanes could be claimed now, counted up to `most`. */
export async function countDue(
  sql: Sql,
  { queue, now, most }: { readonly queue: Queue; readonly now: number; readonly most: number },
): Promise<number> {
  const row = await sql.get(
    `SELECT count(*) AS due FROM (SELECT 1 FROM lane
       WHERE queue = $1 AND depth > 0 AND due <= $2 AND lease <= $2 LIMIT $3) AS found`,
    ...[queue, now, most],
  );
  return Number(row?.due ?? 0);
}

/** Leases the lane that has been due longest. One lane is ever held by one holder. */
export async function claimLane(
  sql: Sql,
  {
    queue,
    now,
    leaseMs,
  }: { readonly queue: Queue; readonly now: number; readonly leaseMs: number },
): Promise<Claim | undefined> {
  const row = await sql.get(
    `UPDATE lane SET lease = $1, fence = fence + 1
     WHERE (queue, lane) = (
       SELECT queue, lane FROM lane
       WHERE queue = $2 AND depth > 0 AND due <= $3 AND lease <= $3 ORDER BY due LIMIT 1)
     RETURNING lane, fence`,
    now + leaseMs,
    queue,
    now,
  );
  return row && { lane: String(row.lane), fence: Number(row.fence), until: now + leaseMs, leaseMs };
}

/**
 * Extends a lease, also one that ran out while nobody else came for the lane: then nothing was done in it
 * that its holder does not know of. False where it was given back or somebody else has it now.
 */
export const renewLane = async (
  sql: Sql,
  { queue, claim, until }: { readonly queue: Queue; readonly claim: Claim; readonly until: number },
): Promise<boolean> =>
  (await sql.run(
    'UPDATE lane SET lease = $1 WHERE queue = $2 AND lane = $3 AND fence = $4 AND lease > 0',
    until,
    queue,
    claim.lane,
    claim.fence,
  )) === 1;

/** True while nobody has claimed the lane after this claim. */
export const holdsLane = async (sql: Sql, queue: Queue, { lane, fence }: Claim): Promise<boolean> =>
  (await sql.get(
    'SELECT 1 AS one FROM lane WHERE queue = $1 AND lane = $2 AND fence = $3',
    queue,
    lane,
    fence,
  )) !== undefined;

/**
 * True while nobody has claimed the lane after this claim. A lease that ran out, as one does whose holder
 * was asleep, is extended with the look, so that nobody comes between it and what the holder does next.
 */
export async function holdsLease(
  sql: Sql,
  queue: Queue,
  { claim, now }: { readonly claim: Claim; readonly now: number },
): Promise<boolean> {
  const row = await sql.get(
    'SELECT lease FROM lane WHERE queue = $1 AND lane = $2 AND fence = $3 AND lease > 0',
    queue,
    claim.lane,
    claim.fence,
  );
  if (row === undefined) return false;
  return Number(row.lease) > now || renewLane(sql, { queue, claim, until: now + claim.leaseMs });
}

/**
 * Gives a lane back, with `done` fewer things in it and not due before `due`. False where the lease
 * was lost or the lane is back already: then nothing changed, and the caller's transaction must not stand.
 */
export const releaseLane = async (
  sql: Sql,
  {
    queue,
    claim,
    done,
    due,
  }: { readonly queue: Queue; readonly claim: Claim; readonly done: number; readonly due: number },
): Promise<boolean> =>
  (await sql.run(
    `UPDATE lane SET lease = 0, depth = max(0, depth - $1), due = $2
     WHERE queue = $3 AND lane = $4 AND fence = $5 AND lease > 0`,
    done,
    due,
    queue,
    claim.lane,
    claim.fence,
  )) === 1;

/** Lets a lane that nobody holds rest until then. */
export const restLane = (
  sql: Sql,
  queue: Queue,
  { lane, now, until }: { readonly lane: string; readonly now: number; readonly until: number },
): Promise<number> =>
  sql.run(
    'UPDATE lane SET due = $1 WHERE queue = $2 AND lane = $3 AND lease <= $4 AND due < $1',
    ...[until, queue, lane, now],
  );

/** At the start of the only gateway of a profile every old lease is dead. */
export const freeLanes = (sql: Sql): Promise<number> =>
  sql.run('UPDATE lane SET lease = 0, fence = fence + 1 WHERE lease > 0');

/** When the next lane of a queue becomes due, or undefined where nothing waits. */
export async function nextDue(sql: Sql, queue: Queue): Promise<number | undefined> {
  const row = await sql.get(
    'SELECT min(max(due, lease)) AS due FROM lane WHERE queue = $1 AND depth > 0',
    queue,
  );
  return row?.due === null || row?.due === undefined ? undefined : Number(row.due);
}

/** How many things wait in one lane. */
export async function laneDepth(sql: Sql, queue: Queue, lane: string): Promise<number> {
  const row = await sql.get('SELECT depth FROM lane WHERE queue = $1 AND lane = $2', queue, lane);
  return Number(row?.depth ?? 0);
}

/** How many things wait in all lanes of a queue. */
export async function totalDepth(sql: Sql, queue: Queue): Promise<number> {
  const row = await sql.get(
    'SELECT sum(depth) AS depth FROM lane WHERE queue = $1 AND depth > 0',
    queue,
  );
  return Number(row?.depth ?? 0);
}
