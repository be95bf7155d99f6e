import type { Json } from '../../base/json.ts';
import type { ActionRequest, Outcome } from '../../domain/action.ts';
import { capabilityOf } from '../../domain/capability.ts';
import type { Conduct } from '../../domain/conduct.ts';
import { isRepeatable } from '../../domain/repeatable.ts';
import type { Run } from '../../domain/run.ts';
import type { Case } from '../case.ts';

/** Whose record a run counts for and as what, and what it takes to ask for it again. */
export const deedOf = ({
  request,
  decision: { complexity },
}: Case): Pick<Run, 'agent' | 'capability' | 'complexity' | 'request'> => ({
  complexity,
  capability: capabilityOf(request),
  // What may simply be done again is never in doubt.
  ...(isRepeatable(request.action) ? {} : { request: wishOf(request) }),
  ...(request.principal.kind === 'agent' ? { agent: request.principal.id } : {}),
});

/** Kept for when nobody knows whether it happened. */
const wishOf = ({ principal, action, resource, context }: ActionRequest): Json => ({
  principal: { ...principal },
  action,
  resource,
  ...(context.session === undefined ? {} : { session: context.session }),
  ...(context.event === undefined ? {} : { event: context.event }),
});

/** What the end of a run says: the jail had to stop a command of an agent that took too much. */
export function overrunOf({ request }: Case, outcome: Outcome): Conduct | undefined {
  const isCommand = request.action === 'shell.exec';
  if (request.principal.kind !== 'agent' || !isCommand || !outcome.ok) return undefined;
  const ending = endingOf(outcome.value);
  if (ending === undefined || !TOO_MUCH.has(ending)) return undefined;
  const reason = `the jail stopped a command that took too much (${ending})`;
  return { kind: 'violated', how: 'overran', request, reason };
}

const TOO_MUCH: ReadonlySet<string> = new Set(['processes', 'memory', 'disk']);

function endingOf(value: Json): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { ending } = value as { readonly [key: string]: Json };
  return typeof ending === 'string' ? ending : undefined;
}
