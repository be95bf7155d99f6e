import { AtomError } from '../base/errors.ts';
import type { Agent } from '../domain/agent.ts';

/** Refuses an agent whatever its maturity: AtomError `blocked`. */
export function ownerOnly(agent: Agent | undefined, what: string): void {
  if (agent) throw new AtomError('blocked', `Only the owner ${what}.`);
}
