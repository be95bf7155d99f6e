import { AtomError } from '../base/errors.ts';
import { shellWord } from '../base/shell-word.ts';
import type { Store } from '../domain/store.ts';
import type { UndoRun } from '../domain/undo.ts';
import { lastUndoRun, type UndoRecord, undoRuns } from '../store/tables/undo-runs.ts';

/** Which run is meant, and how it is taken back. */
export interface RestoreWish {
  /** The code or the id of a run; the last one that can be taken back where there is none. */
  readonly ref?: string | undefined;
  /** Only runs of this session count as the last one. */
  readonly session?: string | undefined;
  /** Also what was changed again since. */
  readonly force: boolean;
}

/**
 * The run that is called so, by its id or by its code in either case; undefined where none is. Throws
 * AtomError `usage` where several share the code: the wrong one is never taken back by chance.
 */
export function namedRun<T extends Pick<UndoRun, 'run' | 'code'>>(
  runs: readonly T[],
  ref: string,
): T | undefined {
  const whole = runs.find(({ run }) => run === ref);
  if (whole) return whole;
  const called = runs.filter(({ code }) => code === ref.toLowerCase());
  if (called.length < 2) return called[0];
  throw new AtomError('usage', `Several runs are called ${ref}.`, {
    next: called.map(({ run }) => `atom undo ${shellWord(run)}`),
  });
}

/** More than are ever kept. */
const ALL = Number.MAX_SAFE_INTEGER;

/** The run that is meant. Throws AtomError `not-found`, or `usage` where several are. */
export async function findRun(store: Store, { ref, session }: RestoreWish): Promise<UndoRecord> {
  const found =
    ref === undefined
      ? await lastUndoRun(store, session)
      : namedRun(await undoRuns(store, { limit: ALL }), ref);
  if (found) return found;
  throw new AtomError(
    'not-found',
    ref === undefined
      ? 'There is nothing that can be taken back.'
      : `There is no run ${ref} that can be taken back.`,
    { next: ['See what can be:   atom undo --list'] },
  );
}
