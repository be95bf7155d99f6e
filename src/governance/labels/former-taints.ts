import { joinLabels, type Labels } from '../../domain/label.ts';
import type { Sql } from '../../domain/store.ts';
import {
  allTaints,
  dropTaint,
  FORMER,
  formerTaints,
  putTaint,
  type Taint,
} from '../../store/tables/taints.ts';

/** Adds to what a file is tainted with from now on. */
export const addTaint = async (sql: Sql, path: string, labels: Labels): Promise<void> =>
  join(sql, await allTaints(sql), { path, run: '', labels });

/** Takes the taint off a file that was written anew, and remembers it: undo may bring the old one back. */
export async function retireTaint(sql: Sql, path: string): Promise<void> {
  const present = (await allTaints(sql)).find((taint) => taint.path === path && taint.run === '');
  if (!present) return;
  await join(sql, await formerTaints(sql), { ...present, run: FORMER });
  await dropTaint(sql, path);
}

/** Taints files again with whatever they were ever tainted with: an old version of them comes back. */
export async function returnTaints(sql: Sql, paths: readonly string[]): Promise<void> {
  const back = new Set(paths);
  for (const { path, labels } of await formerTaints(sql))
    if (back.has(path)) await addTaint(sql, path, labels);
}

async function join(sql: Sql, known: readonly Taint[], added: Taint): Promise<void> {
  const present = known.find(({ path, run }) => path === added.path && run === added.run);
  const labels = present ? joinLabels(present.labels, added.labels) : added.labels;
  await putTaint(sql, { ...added, labels });
}
