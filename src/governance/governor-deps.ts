import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Action, IntentContext } from '../domain/action.ts';
import type { Agent, Principal } from '../domain/agent.ts';
import type { Role } from '../domain/role.ts';
import type { Store } from '../domain/store.ts';
import type { Window } from '../domain/window.ts';
import type { Approvals } from './approvals/approvals.ts';
import type { Audit } from './audit/append.ts';
import type { HeldFiles, Taints } from './case.ts';
import type { Gates } from './gates.ts';

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
export interface GovernorDeps extends Gates {
  readonly store: Store;
  readonly audit: Audit;
  readonly approvals: Approvals;
  readonly actions: ReadonlyMap<string, Action>;
  /**
   * The agent behind a principal, as the record has it, and no more mature than those that it does something
   * for; undefined for the owner and for atom itself.
   */
  readonly agent: (principal: Principal, context: IntentContext) => Promise<Agent | undefined>;
  /** Everything that whoever asks was shown. */
  readonly window: (context: IntentContext, principal: Principal) => Promise<Window>;
  /** What people typed themselves in the turn that led here, whoever they are; it endorses nothing. */
  readonly typed: (context: IntentContext) => Promise<string>;
  /** Labels the result of a run, and what it writes. */
  readonly taints: Taints;
  /** What is in the files that a run reads. */
  readonly held: HeldFiles;
  readonly origin: (context: IntentContext) => Promise<Origin>;
  /** The role, as it is now, of whose message led here; undefined where that is nobody we know. */
  readonly role: (context: IntentContext) => Promise<Role | undefined>;
  /** False where a message of somebody led here who has agents of their own, and this is none of them. */
  readonly worksFor: (agent: string, context: IntentContext) => Promise<boolean>;
  readonly expiry: { readonly tapMs: number; readonly typedMs: number };
  readonly boot: string;
  readonly clock: Clock;
  readonly log: Log;
}
