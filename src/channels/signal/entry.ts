import type { ChannelEntry } from '../channel-module.ts';
import type { SignalDeps } from './deps.ts';
import { signalFacts } from './facts.ts';

export const signal: ChannelEntry<SignalDeps> = {
  facts: signalFacts,
  load: async () => ({ create: (await import('./create.ts')).createSignal }),
};
