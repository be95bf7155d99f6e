import type { Atom } from '../../atom.ts';
import { abilityMethods } from './abilities.ts';
import { accessMethods } from './access.ts';
import { haltMethods } from './halt.ts';
import { jailMethods } from './jails.ts';
import { keepingMethods } from './keeping.ts';
import { ownChannelMethods } from './own-channels.ts';
import { ruleMethods } from './rules.ts';

/** What the owner holds atom by: agents, rules, jails, people, the second factor, the emergency stop, what is kept, and channels of their own. */
export const controlMethods = (atom: Atom) => ({
  ...abilityMethods(atom),
  ...haltMethods(atom),
  ...jailMethods(atom),
  ...ruleMethods(atom),
  ...accessMethods(atom),
  ...keepingMethods(atom),
  ...ownChannelMethods(atom),
});
