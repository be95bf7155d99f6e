import { addApprovals } from './approvals.ts';
import { addContainer } from './container.ts';
import { addFiles } from './files.ts';
import { addJails } from './jails.ts';
import { addQuarantine } from './quarantine.ts';
import { addPolicy, addRules } from './rules.ts';
import { addRuns } from './runs.ts';
import { addSecondFactor } from './second-factor.ts';
import { addStats } from './stats.ts';
import { addUndo } from './undo.ts';
import { workers } from './workers.ts';

/** The commands that say what may happen, and what did. */
export const control = [
  ...[addApprovals, addRuns, addStats, addUndo, ...workers, addRules, addPolicy],
  ...[addJails, addQuarantine, addContainer, addFiles, addSecondFactor],
] as const;
