import type { ChannelEntry } from '../channel-module.ts';
import type { TerminalDeps } from '../terminal/create.ts';
import { deviceFacts } from './facts.ts';

export const device: ChannelEntry<TerminalDeps> = {
  facts: deviceFacts,
  load: async () => {
    const { createTerminal } = await import('../terminal/create.ts');
    return { create: (deps) => createTerminal(deps, deviceFacts) };
  },
};
