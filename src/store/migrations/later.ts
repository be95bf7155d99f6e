import { auditTree } from './audit-tree.ts';
import { circuits } from './circuits.ts';
import { doubts } from './doubts.ts';
import { lookups } from './lookups.ts';
import type { Migration } from './run.ts';

/** From version 9 on. */
export const LATER: readonly Migration[] = [circuits, auditTree, doubts, lookups];
