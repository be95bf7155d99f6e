import type { ChannelEntry } from '../channel-module.ts';
import type { WebhookDeps } from './create.ts';
import { webhookFacts } from './facts.ts';

export const webhook: ChannelEntry<WebhookDeps> = {
  facts: webhookFacts,
  load: async () => ({ create: (await import('./create.ts')).createWebhook }),
};
