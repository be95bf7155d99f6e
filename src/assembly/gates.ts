import type { GovernorDeps } from '../governance/governor-deps.ts';
import type { Halt } from '../governance/halt/halt.ts';

type Gates = Pick<
  GovernorDeps,
  'rules' | 'secondFactor' | 'standing' | 'halted' | 'limits' | 'undo' | 'conduct'
>;

export interface GateParts {
  readonly halt: Pick<Halt, 'why'>;
  readonly limits: GovernorDeps['limits'];
}

/** Everything that has a say beside the baseline and the labels. */
export const createGates = ({ halt, limits }: GateParts): Gates => ({
  rules: () => [],
  secondFactor: async () => false,
  standing: { covering: async () => undefined, use: async () => false },
  halted: async () => halt.why(),
  limits,
  undo: { before: async () => undefined, after: async () => undefined },
  conduct: async () => undefined,
});
