import type { Atom } from '../../atom.ts';
import { peopleMethods } from './people.ts';
import { factorMethods } from './second-factor.ts';
import { userMethods } from './users.ts';

/** Who may do what: the second factor, and people. */
export const accessMethods = (atom: Atom) => ({
  ...factorMethods(atom),
  ...peopleMethods(atom),
  ...userMethods(atom),
});
