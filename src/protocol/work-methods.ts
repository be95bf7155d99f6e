import { type FeedAnswers, feedParams } from './feed-methods.ts';
import { type JobAnswers, jobParams } from './job-methods.ts';
import { type McpAnswers, mcpParams } from './mcp-methods.ts';
import { type MemoryAnswers, memoryParams } from './memory-methods.ts';
import { type SessionAnswers, sessionParams } from './session-methods.ts';
import { type SkillAnswers, skillParams } from './skill-methods.ts';

/** Parameters of what agents work with, and what they leave: jobs, skills, MCP servers, notes, posts, conversations. */
export const workParams = {
  ...jobParams,
  ...feedParams,
  ...memoryParams,
  ...skillParams,
  ...mcpParams,
  ...sessionParams,
} as const;

export interface WorkAnswers
  extends JobAnswers,
    FeedAnswers,
    MemoryAnswers,
    SkillAnswers,
    McpAnswers,
    SessionAnswers {}
