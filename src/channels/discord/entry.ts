import type { ChannelEntry } from '../channel-module.ts';
import type { DiscordDeps } from './create.ts';
import { discordFacts } from './facts.ts';

export const discord: ChannelEntry<DiscordDeps> = {
  facts: discordFacts,
  load: async () => ({ create: (await import('./create.ts')).createDiscord }),
};
