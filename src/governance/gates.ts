import type { ActionRequest, Outcome } from '../domain/action.ts';
import type { Conduct } from '../domain/conduct.ts';
import type { Rule } from '../domain/rule.ts';
import type { StandingApproval } from '../domain/standing-approval.ts';
import type { Sql } from '../domain/store.ts';
import type { Case } from './case.ts';

/** Everything that has a say beside the baseline and the labels. */
export interface Gates {
  /** The owner's rules as they are now. */
  readonly rules: () => readonly Rule[];
  /** True where the owner has enrolled a second factor. */
  readonly secondFactor: () => Promise<boolean>;
  readonly standing: {
    /** The standing approval that fits a case to the letter, where there is one. */
    covering(found: Case): Promise<StandingApproval | undefined>;
    /** Notes a use within the run's transaction. False where it does not hold any more. */
    use(sql: Sql, id: string): Promise<boolean>;
  };
  /** Why nothing may be done now, in one sentence; undefined while all is well. */
  readonly halted: () => Promise<string | undefined>;
  readonly limits: {
    /** Why there is no room for an action now, in one sentence; takes nothing. */
    look(found: Case): Promise<string | undefined>;
    /**
     * Takes one action's share in the transaction that begins it, in one step with the look at what is left.
     * Resolves to why not, in one sentence.
     */
    reserve(sql: Sql, found: Case): Promise<string | undefined>;
    /** Puts the true cost in the place of what was taken. */
    settle(request: ActionRequest, outcome: Outcome): Promise<void>;
  };
  /** A snapshot before a change, and what it looks like after; a throw refuses the action. */
  readonly undo: {
    /** False where it was stopped before its turn came. Otherwise `after` follows, whatever happens. */
    before(found: Case, signal: AbortSignal): Promise<boolean>;
    after(found: Case): Promise<void>;
  };
  /** Told how agents behave. */
  readonly conduct: (conduct: Conduct) => Promise<void>;
}
