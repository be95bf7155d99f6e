import { asAtomError } from '../base/errors.ts';
import type { Outcome, Written } from '../domain/action.ts';
import type { Sql } from '../domain/store.ts';
import type { Case } from './case.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { outcomeOfThrown, outcomeOfValue, type Refused } from './request.ts';
import { endWords } from './run-end.ts';
import { putBegun, putEnded, type RunOptions } from './run-rows.ts';

/**
 * Runs what does nothing but write to the store: `begun`, its rows and its end are one transaction, so that a
 * crash leaves all of it or nothing. It touches no file, so there is nothing to undo and nothing to taint.
 * Throws where not even that it failed could be recorded: then nothing was done.
 */
export async function runWriter(
  deps: GovernorDeps,
  { ready, write }: Writing,
  options: RunOptions,
): Promise<Outcome> {
  const { request } = ready;
  const ended = await inOne(deps, { ready, write }, options);
  if ('ok' in ended) return ended;
  options.upfront?.stands();
  options.onBegun?.();
  deps.log.info(`executed ${request.action}: ${endWords(ended.outcome)}`, { run: request.id });
  ended.tell?.();
  // It was done, so a failure here must not hide that.
  await deps.limits.settle(request, ended.outcome).catch((error: unknown) => {
    deps.log.error(`after ${request.action}: ${asAtomError(error).message}`);
  });
  return ended.outcome;
}

interface Writing {
  readonly ready: Case;
  /** With the grant, which is made elsewhere. */
  readonly write: (sql: Sql) => Promise<Written>;
}

interface Ended {
  readonly outcome: Outcome;
  readonly tell?: () => void;
}

/** Why not, where it was not begun. */
async function inOne(
  deps: GovernorDeps,
  { ready, write }: Writing,
  options: RunOptions,
): Promise<Ended | Refused> {
  try {
    return await deps.store.tx(async (sql) => {
      const not = await putBegun(deps, sql, { ready, ...options });
      if (not) return not;
      const { value, tell } = await write(sql);
      const outcome = outcomeOfValue(value);
      await putEnded(deps, sql, { ready, outcome });
      return { outcome, tell };
    });
  } catch (error) {
    // All of it was taken back, what it began with as well: that it was tried is recorded on its own.
    const outcome = outcomeOfThrown(error, options.signal);
    return deps.store.tx(async (sql) => {
      const not = await putBegun(deps, sql, { ready, ...options });
      if (not) return not;
      await putEnded(deps, sql, { ready, outcome });
      return { outcome };
    });
  }
}
