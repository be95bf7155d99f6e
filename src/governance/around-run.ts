import { asAtomError } from '../base/errors.ts';
import type { Outcome } from '../domain/action.ts';
import type { Sql } from '../domain/store.ts';
import type { Case } from './case.ts';
import { overrunOf } from './conduct/deed.ts';
import type { GovernorDeps } from './governor-deps.ts';
import type { Tainting } from './labels/labelled.ts';
import { type Refused, refused } from './request.ts';
import { putBegun, putEnded, type RunOptions, STOPPED } from './run-rows.ts';

/** Begins a run, with a copy of what it may change. Why not, where it does not begin: then the copy goes again. */
export async function beginOrGiveBack(
  deps: GovernorDeps,
  ready: Case,
  options: RunOptions,
): Promise<Tainting | Refused> {
  // Before a copy, which takes time; it is looked at again when it is taken. Of a mere look there is none.
  const changes = ready.prepared.reversible && ready.decision.complexity > 1;
  const tooMuch = changes ? await deps.limits.look(ready) : undefined;
  if (tooMuch !== undefined) return refused('limited', tooMuch);
  let begun = false;
  try {
    if (!(await deps.undo.before(ready, options.signal))) return STOPPED;
    const tainting = await deps.taints(ready);
    const not = await begin(deps, ready, { ...options, tainting });
    begun = not === undefined;
    if (begun) options.upfront?.stands();
    return not ?? tainting;
  } finally {
    if (!begun) await deps.undo.after(ready);
  }
}

const begin = (
  deps: GovernorDeps,
  ready: Case,
  yes: RunOptions & { readonly tainting: Tainting },
): Promise<Refused | undefined> =>
  deps.store.tx(async (sql) => {
    const not = await putBegun(deps, sql, { ready, ...yes });
    if (!not) await yes.tainting.note(sql);
    return not;
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

interface Over {
  readonly ready: Case;
  /** What of the outcome goes on record. */
  readonly recorded: Outcome;
  readonly outcome: Outcome;
}

/** How it ended, with what is kept alongside, which never keeps an end off the record. Throws where that cannot be written. */
export async function recordEnd(
  deps: GovernorDeps,
  { ready, recorded, outcome }: Over,
  { alongside }: RunOptions,
): Promise<void> {
  const put = (sql: Sql): Promise<void> => putEnded(deps, sql, { ready, outcome: recorded });
  if (!alongside) return deps.store.tx(put);
  const both = deps.store.tx(async (sql) => {
    await put(sql);
    return alongside(sql, outcome);
  });
  const stands = await both.catch((error: unknown) => {
    deps.log.warn(`kept by itself: ${asAtomError(error).message}`, { run: ready.request.id });
  });
  return stands ? stands() : deps.store.tx(put);
}
