import type { Classification } from '../classify.ts';
import { guidesPrograms } from '../words/variables.ts';
import { finding } from './finding.ts';

/** What setting a variable amounts to, for the shell or a program; undefined where it is harmless. */
export const classifyVariable = (name: string): Classification | undefined =>
  guidesPrograms(name) ? finding(4, `sets ${name}, which decides what programs do`) : undefined;
