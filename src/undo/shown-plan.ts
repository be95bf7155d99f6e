import { digestOf } from '../base/digest.ts';
import type { PathChange, UndoPlan } from '../domain/undo.ts';
import type { UndoRecord } from '../store/tables/undo-runs.ts';
import type { Step, Steps } from './compare.ts';
import { asText } from './entry.ts';

/** What is shown of the steps that take a run back, with the digest that binds it to what is done. */
export function planOf(
  record: UndoRecord,
  { steps, kept }: Steps,
  left: readonly string[],
): UndoPlan {
  const digest = digestOf({
    run: record.run,
    steps: steps.map(({ path, before }) => [path, before?.kind ?? null]),
    kept: [...kept],
    left: [...left],
  });
  return {
    of: publicOf(record),
    digest,
    changes: steps.map(changeOf),
    kept: kept.map(asText),
    left: left.map(asText),
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
