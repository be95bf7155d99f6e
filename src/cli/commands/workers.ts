import { addA2a } from './a2a.ts';
import { addAgents } from './agents.ts';
import { addFeed } from './feed.ts';
import { addJobs } from './jobs.ts';
import { addMcp } from './mcp.ts';
import { addSkills } from './skills.ts';

/** The commands for who works, what they may use, and when they are asked; and what they tell. */
export const workers = [addAgents, addA2a, addFeed, addSkills, addMcp, addJobs] as const;
