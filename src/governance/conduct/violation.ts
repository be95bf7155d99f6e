import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Intent, Prepared } from '../../domain/action.ts';
import type { Principal } from '../../domain/agent.ts';
import type { Conduct } from '../../domain/conduct.ts';
import { complexityOf } from '../complexity.ts';
import type { GovernorDeps } from '../governor-deps.ts';

/** Who asked for what. */
export interface Asked {
  readonly principal: Principal;
  readonly intent: Intent;
}

/** Tells of an agent that named a place beyond its jails; of one that was sent there by its owner, never. */
export async function noteStray(
  deps: Pick<GovernorDeps, 'window' | 'conduct'>,
  asked: Asked,
  error: unknown,
): Promise<void> {
  const stray = strayOf(asked, error);
  if (!stray) return;
  const { said } = await deps.window(asked.intent.context, asked.principal);
  if (!isSent(said, asked.intent.resource)) await deps.conduct(stray);
}

/**
 * What a refusal before any decision says about the agent that asked: it named a place beyond its
 * jails, or a secret or protected name. Undefined for every other refusal, and for everybody else.
 */
export function strayOf({ principal, intent }: Asked, error: unknown): Conduct | undefined {
  const { id, action, resource, context } = intent;
  if (principal.kind !== 'agent' || !(error instanceof AtomError) || !error.violates)
    return undefined;
  return {
    kind: 'violated',
    how: changes(action, resource) ? 'wrote' : 'looked',
    request: { id, action, resource, context, principal },
    reason: error.message,
  };
}

/** True where the owner named that very place in the message that led here. */
function isSent(said: string, resource: Json): boolean {
  const places = ['path', 'cwd'].map((name) => field(resource, name));
  return places.some((place) => typeof place === 'string' && place !== '' && said.includes(place));
}

/** Judged by the words alone: what was refused was never looked at. */
function changes(action: string, resource: Json): boolean {
  const argv = field(resource, 'argv');
  const words = Array.isArray(argv) ? { argv: argv.map(String) } : {};
  const card: Prepared['card'] = { kind: 'command', words: [], may: [], undo: '' };
  return complexityOf(action, { resource, facts: {}, card, ...words }).complexity >= 3;
}

const field = (value: Json, name: string): Json | undefined =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? undefined
    : (value as { readonly [key: string]: Json })[name];
