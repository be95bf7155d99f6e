import { addA2a } from './a2a.ts';
import { addAgents } from './agents.ts';
import { addFeed } from './feed.ts';
import { addJobs } from './jobs.ts';
import { addMcp } from './mcp.ts';
import { addMemory } from './memory.ts';
import { addModels } from './models.ts';
import { addSkills } from './skills.ts';

/** The commands for who works, what they think with, remember, use and tell, and when they are asked. */
export const workers = [
  ...[addAgents, addA2a, addModels, addMemory, addFeed, addSkills, addMcp, addJobs],
] as const;
