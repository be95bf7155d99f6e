import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Outcome, PerformOptions, Update } from '../domain/action.ts';
import type { Sql } from '../domain/store.ts';
import { beginRun, endRun } from '../store/tables/runs.ts';
import type { Case } from './case.ts';
import { deedOf } from './conduct/deed.ts';
import type { GovernorDeps } from './governor-deps.ts';
import type { Granted } from './grant.ts';
import { type Refused, refused } from './request.ts';
import { endOnRecord, wasCut } from './run-end.ts';
import { spend } from './spend.ts';

export interface RunOptions
  extends Pick<PerformOptions, 'stillMine' | 'upfront' | 'forRecord' | 'alongside'> {
  readonly signal: AbortSignal;
  readonly onUpdate?: Update;
  readonly onBegun?: () => void;
  /** The approval that is spent on this run. */
  readonly approval?: string;
  /** The standing approval that answered instead. */
  readonly standing?: string;
}

export const STOPPED = refused('stopped', 'Stopped before it ran.');

/**
 * What led to it, what it takes of the limits, the decision, the spent yes and `begun`, in one transaction: no
 * effect without all of them. Resolves to why not where it was stopped before its turn came, is somebody else's by now or
 * finds no room: then nothing is spent.
 */
export async function putBegun(
  deps: GovernorDeps,
  sql: Sql,
  { ready, ...yes }: RunOptions & { readonly ready: Case },
): Promise<Refused | undefined> {
  if (yes.signal.aborted || (yes.stillMine && !(await yes.stillMine(sql)))) return STOPPED;
  const tooMuch = await deps.limits.reserve(sql, ready);
  if (tooMuch !== undefined) return refused('limited', tooMuch);
  await yes.upfront?.put(sql);
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
  return undefined;
}

/** Where it was asked for; by a skill, which one, and the run of it. */
const contextOnRecord = ({ context: { session, event, skill } }: Case['request']): Json => ({
  session: session ?? null,
  event: event ?? null,
  ...(skill === undefined ? {} : { skill: { ...skill } }),
});

/** How it ended, within the caller's transaction. */
export async function putEnded(
  deps: GovernorDeps,
  sql: Sql,
  { ready, outcome }: { readonly ready: Case; readonly outcome: Outcome },
): Promise<void> {
  const { request, digest } = ready;
  const result = outcome as unknown as Json;
  const state = outcome.ok && !wasCut(outcome) ? 'done' : 'failed';
  await endRun(sql, request.id, { state, result, at: deps.clock.now() });
  await deps.audit(sql, state, { run: request.id, digest, ...endOnRecord(request, outcome) });
}

/** What the executor of a case is granted. */
export const grantedOf = (
  { request, prepared, digest, decision }: Case,
  { stillMine }: Pick<RunOptions, 'stillMine'>,
): Granted => ({
  request,
  prepared,
  digest,
  complexity: decision.complexity,
  ...(stillMine ? { stillMine } : {}),
});
