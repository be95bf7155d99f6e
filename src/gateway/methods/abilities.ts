import type { Atom } from '../../atom.ts';
import { agentMethods } from './agents.ts';
import { mcpMethods } from './mcp.ts';
import { skillMethods } from './skills.ts';

/** Who works for the owner, and what they may use. */
export const abilityMethods = (atom: Atom) => ({
  ...agentMethods(atom),
  ...skillMethods(atom),
  ...mcpMethods(atom),
});
