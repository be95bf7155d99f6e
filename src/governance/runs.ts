import { asAtomError } from '../base/errors.ts';
import type { Intent, Outcome } from '../domain/action.ts';
import type { Sql } from '../domain/store.ts';
import type { Case } from './case.ts';
import { overrunOf } from './conduct/deed.ts';
import { earlierOutcome } from './earlier.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { issue } from './grant.ts';
import { refused } from './request.ts';
import { endWords, unrecorded } from './run-end.ts';
import {
  grantedOf,
  outcomeOfThrown,
  outcomeOfValue,
  putBegun,
  putEnded,
  type RunOptions,
  STOPPED,
} from './run-rows.ts';
import { runWriter } from './run-writer.ts';

/** Runs what was decided, at most once, with `begun` on the record before and the end after. */
export function createRuns(deps: GovernorDeps): {
  /** What came of an earlier run of the same intent; undefined where it may (still) be run. */
  earlier(intent: Intent): Promise<Outcome | undefined>;
  run(ready: Case, options: RunOptions): Promise<Outcome>;
} {
  return {
    earlier: (intent) => earlierOutcome(deps, intent),
    run: async (ready, options) => {
      if (options.signal.aborted) return STOPPED;
      const tooMuch = await deps.limits.reserve(ready);
      if (tooMuch !== undefined) return refused('limited', tooMuch);
      const writer = ready.action.writer?.(ready.request.resource);
      if (writer) {
        const write = (sql: Sql) => writer(issue(grantedOf(ready, options)), sql);
        return runWriter(deps, { ready, write }, options);
      }
      const tainting = await beginOrGiveBack(deps, ready, options);
      if (!tainting) return STOPPED;
      const { id, action } = ready.request;
      options.onBegun?.();
      deps.log.info(`executing ${action}`, { run: id, words: [...ready.prepared.card.words] });
      const outcome = await tainting.end(await act(ready, options));
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

type Begun = Awaited<ReturnType<GovernorDeps['taints']>>;

/** What was taken for something that never began is given back. */
async function beginOrGiveBack(
  deps: GovernorDeps,
  ready: Case,
  options: RunOptions,
): Promise<Begun | undefined> {
  let begun = false;
  try {
    if (!(await deps.undo.before(ready, options.signal))) return undefined;
    const tainting = await deps.taints(ready);
    begun = await begin(deps, ready, { ...options, tainting });
    return begun ? tainting : undefined;
  } finally {
    if (!begun) {
      await deps.limits.settle(ready.request, undefined);
      await deps.undo.after(ready);
    }
  }
}

const begin = (
  deps: GovernorDeps,
  ready: Case,
  yes: RunOptions & { readonly tainting: Begun },
): Promise<boolean> =>
  deps.store.tx(async (sql) => {
    if (!(await putBegun(deps, sql, { ready, ...yes }))) return false;
    await yes.tainting.note(sql);
    return true;
  });

/** What is noted besides the record itself: it was done, so a failure here must not hide that. */
async function settle(deps: GovernorDeps, ready: Case, outcome: Outcome): Promise<void> {
  const overrun = overrunOf(ready, outcome);
  const noted = [
    ...[deps.undo.after(ready), deps.limits.settle(ready.request, outcome)],
    ...(overrun ? [deps.conduct(overrun)] : []),
  ];
  for (const { status, ...rest } of await Promise.allSettled(noted))
    if (status === 'rejected' && 'reason' in rest)
      deps.log.error(`after ${ready.request.action}: ${asAtomError(rest.reason).message}`);
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

const end = (deps: GovernorDeps, ready: Case, outcome: Outcome): Promise<void> =>
  deps.store.tx((sql) => putEnded(deps, sql, { ready, outcome }));
