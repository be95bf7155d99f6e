import { jobsTopic } from './jobs-topic.ts';
import { sessionsTopic } from './sessions-topic.ts';
import { skillsTopic } from './skills-topic.ts';

/** What `atom help <topic>` says of what agents use, and when. */
export const workTopics: Readonly<Record<string, string>> = {
  jobs: jobsTopic,
  sessions: sessionsTopic,
  skills: skillsTopic,
};
