import type { Action, ActionRequest, Prepared } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import type { Decision } from '../domain/decision.ts';
import type { Subject } from '../domain/subject.ts';
import type { Held } from './labels/held.ts';
import type { Tainting } from './labels/labelled.ts';

/** One request with everything that was found out about it. */
export interface Case {
  readonly action: Action;
  readonly request: ActionRequest;
  readonly prepared: Prepared;
  /** The agent that asks; undefined for the owner and for atom itself. */
  readonly agent: Agent | undefined;
  readonly subject: Subject;
  readonly decision: Decision;
  readonly digest: string;
}

/** What is in the files that a run, by its id, reads; see labels/held.ts. */
export type HeldFiles = (run: string, prepared: Prepared) => Promise<Held>;

/** Labels what a run gives back and what it writes; see labels/taints.ts. */
export type Taints = (found: Case) => Promise<Tainting>;
