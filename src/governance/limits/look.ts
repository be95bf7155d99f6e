import type { Sql } from '../../domain/store.ts';
import { type Sums, usedAfter, usedByTask, usesAfter } from '../../store/tables/usage.ts';
import type { Limit } from './settings.ts';

/** What is to be taken, for which task, at what time of the budget. */
export interface Taking {
  readonly task: string;
  readonly at: number;
  readonly needs: Sums;
}

/** A limit that has too little left. */
export interface Reached {
  readonly limit: Limit;
  readonly needs: number;
  readonly left: number;
  /** So much is used up, or held for what runs now. */
  readonly used: number;
  /** When enough of it is free, on the budget's clock; undefined where waiting does not help. */
  readonly freeAt: number | undefined;
}

/** The first limit that has too little left for this. What needs nothing of it never reaches it. */
export async function firstReached(
  sql: Sql,
  limits: readonly Limit[],
  taking: Taking,
): Promise<Reached | undefined> {
  for (const limit of limits) {
    const reached = await look(sql, limit, taking);
    if (reached) return reached;
  }
  return undefined;
}

async function look(
  sql: Sql,
  limit: Limit,
  { task, at, needs: all }: Taking,
): Promise<Reached | undefined> {
  const { measure, windowMs, whose, most } = limit;
  const needs = all[measure];
  if (needs === 0) return undefined;
  const sums =
    windowMs === undefined
      ? await usedByTask(sql, task, whose)
      : await usedAfter(sql, at - windowMs, whose);
  const left = most - sums[measure];
  if (needs <= left) return undefined;
  const freeAt =
    windowMs === undefined || needs > most
      ? undefined
      : await freeFrom(sql, limit, { at, over: needs - left });
  return { limit, needs, left: Math.max(0, left), used: sums[measure], freeAt };
}

/** When so much has left the window that what is over fits. */
async function freeFrom(
  sql: Sql,
  { measure, windowMs = 0, whose }: Limit,
  { at, over }: { readonly at: number; readonly over: number },
): Promise<number | undefined> {
  let still = over;
  for (const use of await usesAfter(sql, at - windowMs, whose)) {
    still -= use[measure];
    if (still <= 0) return use.at + windowMs;
  }
  return undefined;
}
