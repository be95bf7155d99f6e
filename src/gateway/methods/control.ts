import type { Atom } from '../../atom.ts';
import { abilityMethods } from './abilities.ts';
import { accessMethods } from './access.ts';
import { filesMethods } from './files.ts';
import { haltMethods } from './halt.ts';
import { jailMethods } from './jails.ts';
import { postMethods } from './post.ts';
import { quarantineMethods } from './quarantine.ts';
import { recordMethods } from './record.ts';
import { ruleMethods } from './rules.ts';
import { runMethods } from './runs.ts';
import { undoMethods } from './undo.ts';

/** What the owner holds atom by: agents, rules, jails, people, the second factor, the emergency stop, undo, and what is kept. */
export const controlMethods = (atom: Atom) => ({
  ...abilityMethods(atom),
  ...haltMethods(atom),
  ...jailMethods(atom),
  ...ruleMethods(atom),
  ...accessMethods(atom),
  ...undoMethods(atom),
  ...runMethods(atom),
  ...filesMethods(atom),
  ...quarantineMethods(atom),
  ...postMethods(atom),
  ...recordMethods(atom),
});
