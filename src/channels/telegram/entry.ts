import type { ChannelEntry } from '../channel-module.ts';
import type { TelegramDeps } from './create.ts';
import { telegramFacts } from './facts.ts';

export const telegram: ChannelEntry<TelegramDeps> = {
  facts: telegramFacts,
  load: async () => ({ create: (await import('./create.ts')).createTelegram }),
};
