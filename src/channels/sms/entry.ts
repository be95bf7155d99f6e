import type { ChannelEntry } from '../channel-module.ts';
import type { SmsDeps } from './create.ts';
import { smsFacts } from './facts.ts';

export const sms: ChannelEntry<SmsDeps> = {
  facts: smsFacts,
  load: async () => ({ create: (await import('./create.ts')).createSms }),
};
