import type { Atom } from '../../atom.ts';
import { agentMethods } from './agents.ts';
import { mcpMethods } from './mcp.ts';
import { modelMethods } from './models.ts';
import { skillMethods } from './skills.ts';

/** Who works for the owner, what they think with, and what they may use. */
export const abilityMethods = (atom: Atom) => ({
  ...agentMethods(atom),
  ...modelMethods(atom),
  ...skillMethods(atom),
  ...mcpMethods(atom),
});
