import type { Gates } from '../governance/gates.ts';
import type { Halt } from '../governance/halt/halt.ts';
import type { Agents } from './agents.ts';
import type { Records } from './record.ts';
import type { Trust } from './trust.ts';

export interface GateParts
  extends Pick<Records, 'factor'>,
    Pick<Trust, 'rules' | 'standing'>,
    Pick<Agents, 'conduct'> {
  readonly halt: Pick<Halt, 'why'>;
  readonly limits: Gates['limits'];
  readonly undo: Gates['undo'];
}

/** Everything that has a say beside the baseline and the labels. */
export const createGates = ({
  factor,
  rules,
  standing,
  conduct,
  halt,
  limits,
  undo,
}: GateParts): Gates => ({
  rules: rules.list,
  secondFactor: factor.enrolled,
  standing,
  halted: async () => halt.why(),
  limits,
  undo,
  conduct,
});
