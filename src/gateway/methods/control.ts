import type { Atom } from '../../atom.ts';
import { agentMethods } from './agents.ts';
import { haltMethods } from './halt.ts';
import { jailMethods } from './jails.ts';
import { recordMethods } from './record.ts';
import { ruleMethods } from './rules.ts';
import { factorMethods } from './second-factor.ts';
import { undoMethods } from './undo.ts';

/** What the owner holds atom by: agents, rules, jails, the second factor, the emergency stop, undo and the record. */
export const controlMethods = (atom: Atom) => ({
  ...agentMethods(atom),
  ...haltMethods(atom),
  ...jailMethods(atom),
  ...ruleMethods(atom),
  ...factorMethods(atom),
  ...undoMethods(atom),
  ...recordMethods(atom),
});
