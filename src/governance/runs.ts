import { asAtomError } from '../base/errors.ts';
import type { Intent, Outcome } from '../domain/action.ts';
import { beginOrGiveBack, recordEnd, settle } from './around-run.ts';
import type { Case } from './case.ts';
import { earlierOutcome } from './earlier.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { issue } from './grant.ts';
import { createNested, type Nested } from './nested.ts';
import { outcomeOfThrown, outcomeOfValue } from './request.ts';
import { endWords, unrecorded } from './run-end.ts';
import { grantedOf, type RunOptions, STOPPED } from './run-rows.ts';
import { runWriter } from './run-writer.ts';

/** Runs what was decided, at most once, with `begun` on the record before and the end after. */
export function createRuns(deps: GovernorDeps): {
  /** What runs that are under way were given. */
  readonly nested: Nested;
  /** What came of an earlier run of the same intent; undefined where it may (still) be run. */
  earlier(intent: Intent): Promise<Outcome | undefined>;
  run(ready: Case, options: RunOptions): Promise<Outcome>;
} {
  const nested = createNested(deps.held);
  return {
    nested,
    earlier: (intent) => earlierOutcome(deps, intent),
    run: async (ready, options) => {
      if (options.signal.aborted) return STOPPED;
      const first = await nested.look(ready);
      const writer = ready.action.writer?.(ready.request.resource);
      if (writer) {
        const grant = issue(grantedOf(ready, options));
        return runWriter(deps, { ready, write: (sql) => writer(grant, sql) }, options);
      }
      const tainting = await beginOrGiveBack(deps, ready, options);
      if ('ok' in tainting) return tainting;
      const { id, action } = ready.request;
      options.onBegun?.();
      deps.log.info(`executing ${action}`, { run: id, words: [...ready.prepared.card.words] });
      nested.open(ready, first);
      const came = await act(ready, options);
      const outcome = await tainting.end(came, nested.close(id));
      await settle(deps, ready, outcome);
      const recorded = options.forRecord?.(outcome) ?? outcome;
      deps.log.info(`${action} ended: ${endWords(recorded)}`, { run: id });
      try {
        await recordEnd(deps, { ready, recorded, outcome }, options);
        return outcome;
      } catch (error) {
        const { message } = asAtomError(error);
        deps.log.error(`the end of ${action} is not on record: ${message}`);
        return unrecorded(action, outcome, message);
      }
    },
  };
}

async function act(ready: Case, options: RunOptions): Promise<Outcome> {
  if (options.signal.aborted) return STOPPED;
  try {
    const value = await ready.action.execute(
      issue(grantedOf(ready, options)),
      options.signal,
      options.onUpdate ?? (() => undefined),
    );
    return outcomeOfValue(value);
  } catch (error) {
    return outcomeOfThrown(error, options.signal);
  }
}
