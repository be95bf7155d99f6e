import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Action, ActionRequest, IntentContext, Outcome } from '../domain/action.ts';
import type { Agent, Principal } from '../domain/agent.ts';
import type { Conduct } from '../domain/conduct.ts';
import type { Role } from '../domain/role.ts';
import type { Rule } from '../domain/rule.ts';
import type { StandingApproval } from '../domain/standing-approval.ts';
import type { Sql, Store } from '../domain/store.ts';
import type { Window } from '../domain/window.ts';
import type { Approvals } from './approvals/approvals.ts';
import type { Audit } from './audit/append.ts';
import type { Case, HeldFiles, Taints } from './case.ts';

/** Who is behind a request, as the spool has it. */
export interface Origin {
  /** In words, for the card: `42 (calls itself “Dana”) by telegram`. */
  readonly who: string;
  /** The message that led here. */
  readonly trigger?: string;
  readonly channel?: string;
  /** The platform's fixed id. */
  readonly sender?: string;
}

/** What the governor is handed. Every field is required: there is no governor without its gates. */
export interface GovernorDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly approvals: Approvals;
  readonly actions: ReadonlyMap<string, Action>;
  /** The agent behind a principal, as the record has it; undefined for the owner and for atom itself. */
  readonly agent: (principal: Principal) => Promise<Agent | undefined>;
  /** Everything that whoever asks was shown. */
  readonly window: (context: IntentContext, principal: Principal) => Promise<Window>;
  /** Labels the result of a run, and what it writes. */
  readonly taints: Taints;
  /** What is in the files that a run reads. */
  readonly held: HeldFiles;
  readonly origin: (context: IntentContext) => Promise<Origin>;
  /** The role, as it is now, of whose message led here; undefined where that is nobody we know. */
  readonly role: (context: IntentContext) => Promise<Role | undefined>;
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
    /**
     * Takes one action's share before it is done, in one step with the look at what is left. Resolves
     * to why not, in one sentence.
     */
    reserve(found: Case): Promise<string | undefined>;
    /** Puts the true cost in the place of what was taken; `undefined` where it never began. */
    settle(request: ActionRequest, outcome: Outcome | undefined): Promise<void>;
  };
  /** A snapshot before a change, and what it looks like after; a throw refuses the action. */
  readonly undo: {
    /** False where it was stopped before its turn came. Otherwise `after` follows, whatever happens. */
    before(found: Case, signal: AbortSignal): Promise<boolean>;
    after(found: Case): Promise<void>;
  };
  /** Told how agents behave. */
  readonly conduct: (conduct: Conduct) => Promise<void>;
  readonly expiry: { readonly tapMs: number; readonly typedMs: number };
  readonly boot: string;
  readonly clock: Clock;
  readonly log: Log;
}
