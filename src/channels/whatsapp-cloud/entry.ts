import type { ChannelEntry } from '../channel-module.ts';
import type { WhatsAppCloudDeps } from './create.ts';
import { whatsappCloudFacts } from './facts.ts';

export const whatsappCloud: ChannelEntry<WhatsAppCloudDeps> = {
  facts: whatsappCloudFacts,
  load: async () => ({ create: (await import('./create.ts')).createWhatsAppCloud }),
};
