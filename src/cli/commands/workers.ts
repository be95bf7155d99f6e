import { addAgents } from './agents.ts';
import { addJobs } from './jobs.ts';
import { addMcp } from './mcp.ts';
import { addMemory } from './memory.ts';
import { addModels } from './models.ts';
import { addSkills } from './skills.ts';

/** The commands for who works, what they think with, remember and may use, and when they are asked. */
export const workers = [addAgents, addModels, addMemory, addSkills, addMcp, addJobs] as const;
