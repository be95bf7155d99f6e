import type { ChannelEntry } from '../channel-module.ts';
import type { TerminalDeps } from '../terminal/create.ts';
import { agentFacts } from './facts.ts';

export const agent: ChannelEntry<TerminalDeps> = {
  facts: agentFacts,
  load: async () => {
    const { createTerminal } = await import('../terminal/create.ts');
    return { create: (deps) => createTerminal(deps, agentFacts) };
  },
};
