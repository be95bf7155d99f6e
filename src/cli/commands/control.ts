import { addAgents } from './agents.ts';
import { addApprovals } from './approvals.ts';
import { addJails } from './jails.ts';
import { addPolicy, addRules } from './rules.ts';
import { addSecondFactor } from './second-factor.ts';

/** The commands that say what may happen, and what did. */
export const control = [
  ...[addApprovals, addAgents, addRules, addPolicy, addJails, addSecondFactor],
] as const;
