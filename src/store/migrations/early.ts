import { agents } from './agents.ts';
import { auditTree } from './audit-tree.ts';
import { circuits } from './circuits.ts';
import { first } from './first.ts';
import { halt } from './halt.ts';
import { labels } from './labels.ts';
import { questions } from './questions.ts';
import type { Migration } from './run.ts';
import { secondFactor } from './second-factor.ts';
import { standing } from './standing.ts';
import { undo } from './undo.ts';

/** The steps up to version 10, in the order of their versions. */
export const early: readonly Migration[] = [
  ...[first, secondFactor, undo, agents, standing, labels, halt, questions],
  ...[circuits, auditTree],
];
