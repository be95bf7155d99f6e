import { feedTopic } from './feed-topic.ts';
import { jobsTopic } from './jobs-topic.ts';
import { mcpTopic } from './mcp-topic.ts';
import { memoryTopic } from './memory-topic.ts';
import { modelsTopic } from './models-topic.ts';
import { notifyTopic } from './notify-topic.ts';
import { sessionsTopic } from './sessions-topic.ts';
import { skillsTopic } from './skills-topic.ts';
import { teamTopic } from './team-topic.ts';

/** What `atom help <topic>` says of what agents use, when, and what they tell. */
export const workTopics: Readonly<Record<string, string>> = {
  agents: teamTopic,
  feed: feedTopic,
  jobs: jobsTopic,
  notify: notifyTopic,
  models: modelsTopic,
  memory: memoryTopic,
  sessions: sessionsTopic,
  skills: skillsTopic,
  mcp: mcpTopic,
};
