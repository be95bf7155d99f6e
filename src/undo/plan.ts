import { AtomError } from '../base/errors.ts';
import type { Store } from '../domain/store.ts';
import type { UndoPlan } from '../domain/undo.ts';
import type { UndoRecord } from '../store/tables/undo-runs.ts';
import { leftIn } from './after.ts';
import { compare, type Steps } from './compare.ts';
import type { Contents } from './contents.ts';
import { findRun, type RestoreWish } from './find-run.ts';
import { readDifference, readManifest, treeAfter } from './history.ts';
import { lookNow } from './now.ts';
import { identityOf } from './open-folder.ts';
import { planOf } from './shown-plan.ts';

export interface PlanDeps {
  readonly store: Store;
  readonly contents: Contents;
  /** The wall clock. */
  readonly now: () => number;
}

export interface Planned {
  readonly record: UndoRecord;
  readonly plan: UndoPlan;
  readonly steps: Steps;
}

/** What taking a run back would do now. Throws AtomError `not-found`, or `blocked` in another folder. */
export async function planNow(deps: PlanDeps, wish: RestoreWish): Promise<Planned> {
  const { contents, now } = deps;
  const record = await findRun(deps.store, wish);
  const { folder, folderId, path } = record;
  if (identityOf(folder) !== folderId)
    throw new AtomError('blocked', `${folder} is no longer the folder it was.`);
  const before = await readManifest(contents, record.before);
  const noted = record.after === undefined ? [] : [await readDifference(contents, record.after)];
  const after = noted[0] && treeAfter(before, noted[0]);
  const place = { folder, now, ...(path === undefined ? {} : { path }) };
  const found = await lookNow(place, before, after);
  const left = leftIn(before, ...noted, found);
  const steps = compare({ before: before.tree, after, now: found.tree, left }, wish.force);
  return { record, steps, plan: planOf(record, steps, left) };
}
