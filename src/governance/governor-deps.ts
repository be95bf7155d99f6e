import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Action, IntentContext } from '../domain/action.ts';
import type { Agent, Principal } from '../domain/agent.ts';
import type { Labels } from '../domain/label.ts';
import type { Store } from '../domain/store.ts';
import type { Approvals } from './approvals/approvals.ts';
import type { Audit } from './audit/append.ts';

/** What the governor is handed. Every field is required: there is no governor without its gate. */
export interface GovernorDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly approvals: Approvals;
  readonly actions: ReadonlyMap<string, Action>;
  /** The agent behind a principal, as the record has it; undefined for the owner and for atom itself. */
  readonly agent: (principal: Principal) => Promise<Agent | undefined>;
  /** The join of everything in the window of the turn that asks. */
  readonly labels: (context: IntentContext) => Promise<Labels>;
  /** Who is behind a request, and the message that led to it, for the card. */
  readonly origin: (
    context: IntentContext,
  ) => Promise<{ readonly who: string; readonly trigger?: string }>;
  readonly expiry: { readonly tapMs: number; readonly typedMs: number };
  readonly boot: string;
  readonly clock: Clock;
  readonly log: Log;
}
