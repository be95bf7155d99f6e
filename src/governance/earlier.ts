import type { Intent, Outcome } from '../domain/action.ts';
import { isAllOrNothing, isRepeatable } from '../domain/repeatable.ts';
import type { Run } from '../domain/run.ts';
import { findRun } from '../store/tables/runs.ts';
import { doubt } from './doubt.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { refused } from './request.ts';

/** What came of an earlier run of the same intent; undefined where it may (still) be run. */
export async function earlierOutcome(
  deps: GovernorDeps,
  { id, action }: Intent,
): Promise<Outcome | undefined> {
  const run = await findRun(deps.store, id);
  if (run && run.action !== action)
    return refused('blocked', `The id ${id} belongs to something else.`);
  return run && outcomeOf(deps, run);
}

async function outcomeOf(deps: GovernorDeps, run: Run): Promise<Outcome | undefined> {
  if (run.state === 'done' || run.state === 'failed') {
    const outcome = run.result as unknown as Outcome;
    return mayTryAgain(run, outcome) ? undefined : outcome;
  }
  const inDoubt = refused(
    'uncertain',
    'atom stopped while this was running and cannot tell how far it got, so it was not run again.',
  );
  if (run.state === 'uncertain') return inDoubt;
  // Begun and not ended: a crash. Looking again does no harm; anything else is left to the owner.
  if (isRepeatable(run.action)) return undefined;
  await deps.store.tx((sql) => doubt(sql, run, { audit: deps.audit, now: deps.clock.now() }));
  return inDoubt;
}

/** What was stopped was not wanted then; what failed may fail again, unless it left nothing to find. */
const mayTryAgain = ({ action }: Run, outcome: Outcome): boolean =>
  !outcome.ok &&
  ((outcome.reason === 'stopped' && isRepeatable(action)) ||
    (outcome.reason === 'failed' && isAllOrNothing(action)));
