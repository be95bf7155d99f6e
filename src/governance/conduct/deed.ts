import { capabilityOf } from '../../domain/capability.ts';
import type { Run } from '../../domain/run.ts';
import type { Case } from '../case.ts';

/** Whose record a run counts for, and as what. */
export const deedOf = ({
  request,
  decision: { complexity },
}: Case): Pick<Run, 'agent' | 'capability' | 'complexity'> => ({
  ...{ complexity, capability: capabilityOf(request) },
  ...(request.principal.kind === 'agent' ? { agent: request.principal.id } : {}),
});
