import type { ChannelEntry } from '../channel-module.ts';
import type { A2aDeps } from './create.ts';
import { a2aFacts } from './facts.ts';

export const a2a: ChannelEntry<A2aDeps> = {
  facts: a2aFacts,
  load: async () => ({ create: (await import('./create.ts')).createA2a }),
};
