import { feedTopic } from './feed-topic.ts';
import { jobsTopic } from './jobs-topic.ts';
import { mcpTopic } from './mcp-topic.ts';
import { skillsTopic } from './skills-topic.ts';
import { teamTopic } from './team-topic.ts';

/** What `atom help <topic>` says of what agents use, when, and what they tell. */
export const workTopics: Readonly<Record<string, string>> = {
  agents: teamTopic,
  feed: feedTopic,
  jobs: jobsTopic,
  skills: skillsTopic,
  mcp: mcpTopic,
};
