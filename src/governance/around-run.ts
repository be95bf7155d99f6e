import { AtomError, asAtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Outcome, PerformOptions, Update } from '../domain/action.ts';
import { beginRun } from '../store/tables/runs.ts';
import type { Case } from './case.ts';
import { deedOf, overrunOf } from './conduct/deed.ts';
import type { GovernorDeps } from './governor-deps.ts';
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

type Begun = Awaited<ReturnType<GovernorDeps['taints']>>;

/** What was taken for something that never began is given back. */
export async function beginOrGiveBack(
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
      context: contextOnRecord(request),
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

/** Where it was asked for; by a skill, which one, and the run of it. */
const contextOnRecord = ({ context: { session, event, skill } }: Case['request']): Json => ({
  session: session ?? null,
  event: event ?? null,
  ...(skill === undefined ? {} : { skill: { ...skill } }),
});

/** What is noted besides the record itself: it was done, so a failure here must not hide that. */
export async function settle(deps: GovernorDeps, ready: Case, outcome: Outcome): Promise<void> {
  const overrun = overrunOf(ready, outcome);
  const noted = [
    ...[deps.undo.after(ready), deps.limits.settle(ready.request, outcome)],
    ...(overrun ? [deps.conduct(overrun)] : []),
  ];
  for (const { status, ...rest } of await Promise.allSettled(noted))
    if (status === 'rejected' && 'reason' in rest)
      deps.log.error(`after ${ready.request.action}: ${asAtomError(rest.reason).message}`);
}
