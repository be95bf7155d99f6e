import { asAtomError } from '../base/errors.ts';
import type { Outcome } from '../domain/action.ts';
import type { Case } from './case.ts';
import { overrunOf } from './conduct/deed.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { putBegun, type RunOptions } from './run-rows.ts';

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
