import { setTimeout as pause } from 'node:timers/promises';
import type { Sql, Store } from '../../domain/store.ts';
import { CHAIN } from '../../governance/audit/tree.ts';
import { entriesBetween, recordRange } from '../../store/tables/stats.ts';
import {
  addToTally,
  dropQuestion,
  keepQuestion,
  openQuestion,
  setTallyMark,
  tallyMark,
} from '../../store/tables/tally.ts';
import type { Records } from '../record.ts';
import { createAttribution } from './attribute.ts';
import { FOLDED, type FoldDeps, type Folded, fold } from './fold.ts';

/** So many entries at a time, so that nobody waits long for the store. */
export const AT_ONCE = 2000;
/** Between two of them, for whoever else wants to do something. */
const PAUSE_MS = 25;

type Parts = Pick<Records, 'store' | 'users'>;

/** Counts all that is on record by now. */
export async function catchUp({ store, users }: Parts, signal?: AbortSignal): Promise<void> {
  const deps = foldDeps({ sql: store, users });
  while (signal?.aborted !== true && (await countSome(store, deps))) await pause(PAUSE_MS);
}

/** What is read beside the entries. */
export const foldDeps = (deps: {
  readonly sql: Sql;
  readonly users: Parts['users'];
}): FoldDeps => ({
  attribute: createAttribution(deps),
  openQuestion: (run) => openQuestion(deps.sql, run),
});

/** From which entry on it is to be counted, and to which; undefined where there is no record. */
export async function uncounted(
  sql: Sql,
): Promise<{ readonly after: number; readonly last: number } | undefined> {
  const range = await recordRange(sql);
  if (!range) return undefined;
  return { after: Math.max((await tallyMark(sql)) ?? -1, range.first - 1), last: range.last };
}

/** True where there is more. */
async function countSome(store: Store, deps: FoldDeps): Promise<boolean> {
  const wanted = await uncounted(store);
  if (!wanted || wanted.after >= wanted.last) return false;
  const { after, last } = wanted;
  const upTo = Math.min(after + AT_ONCE, last);
  const entries = await entriesBetween(store, { chain: CHAIN, kinds: FOLDED, after, upTo });
  const folded = await fold(entries, deps);
  await store.tx(async (sql) => {
    await write(sql, folded);
    await setTallyMark(sql, upTo);
  });
  return upTo < last;
}

async function write(sql: Sql, { cells, opened, closed }: Folded): Promise<void> {
  for (const [cell, counts] of cells.values()) await addToTally(sql, cell, counts);
  for (const [run, open] of opened) await keepQuestion(sql, run, open);
  for (const run of closed) await dropQuestion(sql, run);
}
