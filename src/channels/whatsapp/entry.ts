import type { ChannelEntry } from '../channel-module.ts';
import type { WhatsAppDeps } from './create.ts';
import { whatsappFacts } from './facts.ts';

export const whatsapp: ChannelEntry<WhatsAppDeps> = {
  facts: whatsappFacts,
  load: async () => ({ create: (await import('./create.ts')).createWhatsApp }),
};
