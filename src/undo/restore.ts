import { AtomError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Restored, UndoPlan, UndoRun } from '../domain/undo.ts';
import { markUndone, undoRuns, unmarkUndone } from '../store/tables/undo-runs.ts';
import { applySteps } from './apply.ts';
import { findRun, type RestoreWish } from './find-run.ts';
import { type PlanDeps, planNow } from './plan.ts';
import { publicOf } from './shown-plan.ts';

/** What was shown, and on behalf of which run it is done. */
export type RestoreOrder = RestoreWish & { readonly plan: string; readonly by: string };

export interface RestoreDeps extends PlanDeps {
  readonly log: Log;
  /** A turn as the only one who writes in a folder; undefined once the signal aborts. */
  turn(folder: string, signal: AbortSignal): Promise<(() => void) | undefined>;
}

export interface Restorer {
  /** The newest first; of one session, where one is given. */
  list(wish: { readonly limit: number; readonly session?: string }): Promise<readonly UndoRun[]>;
  plan(wish: RestoreWish): Promise<UndoPlan>;
  restore(order: RestoreOrder, signal: AbortSignal): Promise<Restored>;
}

export const createRestorer = (deps: RestoreDeps): Restorer => ({
  list: async (wish) => (await undoRuns(deps.store, wish)).map(publicOf),
  plan: async (wish) => (await planNow(deps, wish)).plan,
  restore: async (order, signal) => {
    const { folder } = await findRun(deps.store, order);
    const leave = await deps.turn(folder, signal);
    if (!leave) throw new AtomError('failed', 'Stopped before anything was taken back.');
    try {
      return await restoreNow(deps, order);
    } finally {
      leave();
    }
  },
});

async function restoreNow(deps: RestoreDeps, order: RestoreOrder): Promise<Restored> {
  const { store, contents, log } = deps;
  const { record, plan, steps } = await planNow(deps, order);
  if (plan.digest !== order.plan)
    throw new AtomError('blocked', 'The files changed since it was shown what would come back.', {
      next: ['Look again:   atom undo'],
    });
  const failed = await applySteps({ folder: record.folder, contents }, steps);
  await store.tx(async (sql) => {
    if (record.action === 'undo.restore') await unmarkUndone(sql, record.run);
    await markUndone(sql, record.run, order.by);
  });
  for (const { path, why } of failed) log.warn(`not taken back: ${path}: ${why}`);
  const { changes, kept, left } = plan;
  const bad = new Set(failed.map(({ path }) => path));
  const done = changes.filter(({ path }) => !bad.has(path));
  return { of: { ...plan.of, undone: true }, changes: done, kept, left, failed };
}
