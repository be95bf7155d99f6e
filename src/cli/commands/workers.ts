import { addAgents } from './agents.ts';
import { addJobs } from './jobs.ts';
import { addMcp } from './mcp.ts';
import { addMemory } from './memory.ts';
import { addSkills } from './skills.ts';

/** The commands for who works, what they may use, and when they are asked. */
export const workers = [addAgents, addSkills, addMcp, addJobs, addMemory] as const;
