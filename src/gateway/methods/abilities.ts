import type { Atom } from '../../atom.ts';
import { agentMethods } from './agents.ts';
import { skillMethods } from './skills.ts';

/** Who works for the owner, and what they may use. */
export const abilityMethods = (atom: Atom) => ({ ...agentMethods(atom), ...skillMethods(atom) });
