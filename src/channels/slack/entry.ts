import type { ChannelEntry } from '../channel-module.ts';
import type { SlackDeps } from './create.ts';
import { slackFacts } from './facts.ts';

export const slack: ChannelEntry<SlackDeps> = {
  facts: slackFacts,
  load: async () => ({ create: (await import('./create.ts')).createSlack }),
};
