import { auditTree } from './audit-tree.ts';
import { circuits } from './circuits.ts';
import { devices } from './devices.ts';
import { doubts } from './doubts.ts';
import { lookups } from './lookups.ts';
import type { Migration } from './run.ts';
import { senders } from './senders.ts';

/** The steps from version 9 to 15, in the order of their versions. */
export const middle: readonly Migration[] = [
  ...[circuits, auditTree, doubts, lookups, senders, devices],
];
