import { jobsTopic } from './jobs-topic.ts';
import { mcpTopic } from './mcp-topic.ts';
import { memoryTopic } from './memory-topic.ts';
import { modelsTopic } from './models-topic.ts';
import { skillsTopic } from './skills-topic.ts';

/** What `atom help <topic>` says of what agents use, and when. */
export const workTopics: Readonly<Record<string, string>> = {
  jobs: jobsTopic,
  models: modelsTopic,
  memory: memoryTopic,
  skills: skillsTopic,
  mcp: mcpTopic,
};
