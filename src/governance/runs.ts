import { asAtomError } from '../base/errors.ts';
import { type Json, wellFormed } from '../base/json.ts';
import type { Intent, Outcome } from '../domain/action.ts';
import { endRun } from '../store/tables/runs.ts';
import { beginOrGiveBack, type RunOptions, settle } from './around-run.ts';
import type { Case } from './case.ts';
import { earlierOutcome } from './earlier.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { issue } from './grant.ts';
import { createNested, type Nested } from './nested.ts';
import { refused } from './request.ts';
import { endOnRecord, endWords, unrecorded, wasCut } from './run-end.ts';

/** Runs what was decided, at most once, with `begun` on the record before and the end after. */
export function createRuns(deps: GovernorDeps): {
  /** What runs that are under way were given. */
  readonly nested: Nested;
  /** What came of an earlier run of the same intent; undefined where it may (still) be run. */
  earlier(intent: Intent): Promise<Outcome | undefined>;
  run(ready: Case, options: RunOptions): Promise<Outcome>;
} {
  const nested = createNested();
  return {
    nested,
    earlier: (intent) => earlierOutcome(deps, intent),
    run: async (ready, options) => {
      if (options.signal.aborted) return STOPPED;
      const tooMuch = await deps.limits.reserve(ready);
      if (tooMuch !== undefined) return refused('limited', tooMuch);
      const tainting = await beginOrGiveBack(deps, ready, options);
      if (!tainting) return STOPPED;
      const { id, action } = ready.request;
      options.onBegun?.();
      deps.log.info(`executing ${action}`, { run: id, words: [...ready.prepared.card.words] });
      nested.open(id);
      const came = await act(ready, options);
      const outcome = await tainting.end(came, nested.close(id));
      await settle(deps, ready, outcome);
      deps.log.info(`${action} ended: ${endWords(outcome)}`, { run: id });
      try {
        await end(deps, ready, outcome);
        return outcome;
      } catch (error) {
        const { message } = asAtomError(error);
        deps.log.error(`the end of ${action} is not on record: ${message}`);
        return unrecorded(action, outcome, message);
      }
    },
  };
}

const STOPPED = refused('stopped', 'Stopped before it ran.');

async function act(ready: Case, options: RunOptions): Promise<Outcome> {
  const { action, request, prepared, digest, decision } = ready;
  if (options.signal.aborted) return STOPPED;
  const fenced = options.stillMine ? { stillMine: options.stillMine } : {};
  const grant = issue({ request, prepared, digest, complexity: decision.complexity, ...fenced });
  try {
    const value = await action.execute(
      grant,
      options.signal,
      options.onUpdate ?? (() => undefined),
    );
    return { ok: true, value: wellFormed(value) };
  } catch (error) {
    const { code, message, next } = asAtomError(error);
    const reason = options.signal.aborted
      ? 'stopped'
      : code === 'blocked' || code === 'unavailable'
        ? 'blocked'
        : 'failed';
    const failed = refused(reason, [message, ...next].join('\n').toWellFormed());
    return reason === 'blocked' && code === 'unavailable' ? { ...failed, ending: 'start' } : failed;
  }
}

const end = (deps: GovernorDeps, { request, digest }: Case, outcome: Outcome): Promise<void> =>
  deps.store.tx(async (sql) => {
    const result = outcome as unknown as Json;
    const state = outcome.ok && !wasCut(outcome) ? 'done' : 'failed';
    await endRun(sql, request.id, { state, result, at: deps.clock.now() });
    await deps.audit(sql, state, {
      run: request.id,
      digest,
      ...endOnRecord(request, outcome),
    });
  });
