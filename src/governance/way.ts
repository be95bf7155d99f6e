import type { Action } from '../domain/action.ts';
import type { Principal } from '../domain/agent.ts';
import type { GovernorDeps } from './governor-deps.ts';
import type { createRuns } from './runs.ts';

/** Everything one request needs on its way. */
export interface Way {
  readonly deps: GovernorDeps;
  readonly runs: ReturnType<typeof createRuns>;
  readonly action: Action;
  readonly principal: Principal;
}
