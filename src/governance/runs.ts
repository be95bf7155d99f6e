import { AtomError, asAtomError } from '../base/errors.ts';
import { type Json, wellFormed } from '../base/json.ts';
import type { Intent, Outcome, PerformOptions, Update } from '../domain/action.ts';
import { beginRun, endRun } from '../store/tables/runs.ts';
import type { Case } from './case.ts';
import { deedOf, overrunOf } from './conduct/deed.ts';
import { earlierOutcome } from './earlier.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { issue } from './grant.ts';
import { refused } from './request.ts';
import { endOnRecord, endWords, unrecorded, wasCut } from './run-end.ts';
import { spend } from './spend.ts';

export interface RunOptions extends Pick<PerformOptions, 'stillMine'> {
  readonly signal: AbortSignal;
  readonly onUpdate?: Update;
  readonly onBegun?: () => void;
  /** The approval that is spent on this run. */
  readonly approval?: string;
  /** The standing approval that answered instead. */
  readonly standing?: string;
}

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

const STOPPED = refused('stopped', 'Stopped before it ran.');

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

/**
 * The decision, the spent yes and `begun` are one transaction: no effect without all three. False
 * where it was stopped before its turn came, or is somebody else's by now: then nothing is spent.
 */
const begin = (
  deps: GovernorDeps,
  ready: Case,
  yes: RunOptions & { readonly tainting: Begun },
): Promise<boolean> =>
  deps.store.tx(async (sql) => {
    if (yes.signal.aborted || (yes.stillMine && !(await yes.stillMine(sql)))) return false;
    const { request, digest, decision, prepared } = ready;
    const now = deps.clock.now();
    await spend(deps, sql, { ready, ...yes, now });
    const run = {
      id: request.id,
      digest,
      action: request.action,
      state: 'begun',
      begunAt: now,
      ...deedOf(ready),
    } as const;
    if (!(await beginRun(sql, run, deps.boot))) {
      throw new AtomError('blocked', 'This was run before, so it was not run again.');
    }
    await yes.tainting.note(sql);
    await deps.audit(sql, 'begun', {
      run: request.id,
      action: request.action,
      principal: { ...request.principal },
      context: { session: request.context.session ?? null, event: request.context.event ?? null },
      complexity: decision.complexity,
      matches: decision.matches.map((match) => ({ ...match })),
      approval: yes.approval ?? null,
      standing: yes.standing ?? null,
      digest,
      words: [...prepared.card.words],
      labels: { ...request.labels },
    });
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
