import type { GovernorDeps } from '../governance/governor-deps.ts';
import type { Records } from './record.ts';

type Gates = Pick<
  GovernorDeps,
  'rules' | 'secondFactor' | 'standing' | 'halted' | 'limits' | 'undo' | 'conduct'
>;

/** Everything that has a say beside the baseline and the labels. */
export const createGates = ({ factor }: Pick<Records, 'factor'>): Gates => ({
  rules: () => [],
  secondFactor: factor.enrolled,
  standing: { covering: async () => undefined, use: async () => false },
  halted: async () => undefined,
  limits: { reserve: async () => undefined, settle: async () => undefined },
  undo: { before: async () => undefined, after: async () => undefined },
  conduct: async () => undefined,
});
