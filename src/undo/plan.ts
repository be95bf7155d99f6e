import { digestOf } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Store } from '../domain/store.ts';
import type { PathChange, UndoPlan } from '../domain/undo.ts';
import { findUndoRun, lastUndoRun, type UndoRecord } from '../store/tables/undo-runs.ts';
import { leftIn } from './after.ts';
import { compare, type Step, type Steps } from './compare.ts';
import type { Contents } from './contents.ts';
import { asText } from './entry.ts';
import { readDifference, readManifest, treeAfter } from './history.ts';
import { lookNow } from './now.ts';
import { identityOf } from './open-folder.ts';

export interface RestoreWish {
  /** A number or the id of a run; the last one that can be taken back where there is none. */
  readonly ref?: string | undefined;
  /** Only runs of this session count as the last one. */
  readonly session?: string | undefined;
  /** Also what was changed again since. */
  readonly force: boolean;
}

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

/** The run that is meant. Throws AtomError `not-found`. */
export async function findRun(store: Store, { ref, session }: RestoreWish): Promise<UndoRecord> {
  const found =
    ref === undefined ? await lastUndoRun(store, session) : await findUndoRun(store, ref);
  if (found) return found;
  throw new AtomError(
    'not-found',
    ref === undefined
      ? 'There is nothing that can be taken back.'
      : `There is no run ${ref} that can be taken back.`,
    { next: ['See what can be:   atom undo --list'] },
  );
}

function planOf(record: UndoRecord, { steps, kept }: Steps, left: readonly string[]): UndoPlan {
  const digest = digestOf({
    run: record.run,
    steps: steps.map(({ path, before }) => [path, before?.kind ?? null]),
    kept: [...kept],
    left: [...left],
  });
  return {
    ...{ of: publicOf(record), digest, changes: steps.map(changeOf) },
    ...{ kept: kept.map(asText), left: left.map(asText) },
  };
}

/** What others may know of a record. */
export function publicOf(record: UndoRecord): UndoPlan['of'] {
  const { folderId: _id, path: _path, before: _before, after: _after, ...run } = record;
  return run;
}

const changeOf = ({ path, before, now }: Step): PathChange => ({
  path: asText(path),
  what: before === undefined ? 'remove' : now === undefined ? 'make' : 'change',
});
