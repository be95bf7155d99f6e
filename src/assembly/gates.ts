import type { GovernorDeps } from '../governance/governor-deps.ts';
import type { Agents } from './agents.ts';

type Gates = Pick<
  GovernorDeps,
  'rules' | 'secondFactor' | 'standing' | 'halted' | 'limits' | 'undo' | 'conduct'
>;

/** Everything that has a say beside the baseline and the labels. */
export const createGates = ({ conduct }: Pick<Agents, 'conduct'>): Gates => ({
  rules: () => [],
  secondFactor: async () => false,
  standing: { covering: async () => undefined, use: async () => false },
  halted: async () => undefined,
  limits: { reserve: async () => undefined, settle: async () => undefined },
  undo: { before: async () => undefined, after: async () => undefined },
  conduct,
});
