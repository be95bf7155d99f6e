import { asAtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Outcome } from '../../domain/action.ts';
import { isGuarded, type Sourced, worstLabels } from '../../domain/label.ts';
import type { Sql } from '../../domain/store.ts';

/** The label of one run's result and of what it writes, from before it begins until it is over. */
export interface Tainting {
  /** Taints what the run may write, in the transaction that begins it. */
  note(sql: Sql): Promise<void>;
  /** Keeps taints on what it did write, and gives the outcome its label; `seen` besides its files. Does not throw. */
  end(outcome: Outcome, seen: readonly Sourced[]): Promise<Outcome>;
}

/**
 * The outcome with its label where that is strangers' or secret; with the worst one where it cannot be
 * told, because the run is done by then.
 */
export async function labelled(
  log: Log,
  outcome: Outcome,
  found: Promise<Sourced>,
): Promise<Outcome> {
  try {
    const from = await found;
    return isGuarded(from.labels) ? { ...outcome, from } : outcome;
  } catch (error) {
    log.error(`what came back could not be labelled: ${asAtomError(error).message}`);
    return { ...outcome, from: { labels: worstLabels } };
  }
}
