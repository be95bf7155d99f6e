import { type ChannelAnswers, channelParams } from './channel-methods.ts';
import { type FeedAnswers, feedParams } from './feed-methods.ts';
import { type FilesAnswers, filesParams } from './files-methods.ts';
import { type JobAnswers, jobParams } from './job-methods.ts';
import { type McpAnswers, mcpParams } from './mcp-methods.ts';
import { type MemoryAnswers, memoryParams } from './memory-methods.ts';
import { type MetricsAnswers, metricsParams } from './metrics-methods.ts';
import { type QuarantineAnswers, quarantineParams } from './quarantine-methods.ts';
import { type QueueAnswers, queueParams } from './queue-methods.ts';
import { type RunAnswers, runParams } from './run-methods.ts';
import { type SessionAnswers, sessionParams } from './session-methods.ts';
import { type SkillAnswers, skillParams } from './skill-methods.ts';
import { type UndoAnswers, undoParams } from './undo-methods.ts';

/** Parameters of what looks after things that were kept: copies, strangers' words, what was moved out, queues, runs, chats, counts, jobs, skills, MCP servers, notes, posts, conversations. */
export const keepingParams = {
  ...undoParams,
  ...jobParams,
  ...feedParams,
  ...filesParams,
  ...quarantineParams,
  ...queueParams,
  ...runParams,
  ...channelParams,
  ...memoryParams,
  ...metricsParams,
  ...skillParams,
  ...mcpParams,
  ...sessionParams,
} as const;

export interface KeepingAnswers
  extends UndoAnswers,
    JobAnswers,
    FeedAnswers,
    FilesAnswers,
    QuarantineAnswers,
    QueueAnswers,
    RunAnswers,
    ChannelAnswers,
    MemoryAnswers,
    MetricsAnswers,
    SkillAnswers,
    McpAnswers,
    SessionAnswers {}
