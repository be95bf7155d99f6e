import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Intent, Prepared } from '../../domain/action.ts';
import type { Principal } from '../../domain/agent.ts';
import type { Conduct } from '../../domain/conduct.ts';
import { complexityOf } from '../complexity.ts';
import type { GovernorDeps } from '../governor-deps.ts';
import { isTyped } from './typed-place.ts';

/** Who asked for what. */
export interface Asked {
  readonly principal: Principal;
  readonly intent: Intent;
}

/** Tells of an agent that named a place beyond its jails; of one that was sent there by whoever it works for, never. */
export async function noteStray(
  deps: Pick<GovernorDeps, 'typed' | 'conduct'>,
  asked: Asked,
  error: unknown,
): Promise<void> {
  const stray = strayOf(asked, error);
  if (!stray) return;
  const { context, resource } = asked.intent;
  if (!isSent(await deps.typed(context), resource)) await deps.conduct(stray);
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

/** True where that very place was named in the turn by a person: their mistake, and no wish of the agent's. */
function isSent(typed: string, resource: Json): boolean {
  const places = ['path', 'cwd'].map((name) => field(resource, name));
  return places.some((place) => typeof place === 'string' && isTyped(place, typed));
}

/** Weighs as much as a change, since nothing takes it back; of the file that it names it only reads. */
const ONLY_READS = 'file.send';

/** Judged by the words alone: what was refused was never looked at. */
function changes(action: string, resource: Json): boolean {
  if (action === ONLY_READS) return false;
  const argv = field(resource, 'argv');
  const words = Array.isArray(argv) ? { argv: argv.map(String) } : {};
  const card: Prepared['card'] = { kind: 'command', words: [], may: [], undo: '' };
  return complexityOf(action, { resource, facts: {}, card, ...words }).complexity >= 3;
}

const field = (value: Json, name: string): Json | undefined =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? undefined
    : (value as { readonly [key: string]: Json })[name];
