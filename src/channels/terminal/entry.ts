import type { ChannelEntry } from '../channel-module.ts';
import type { TerminalDeps } from './create.ts';
import { terminalFacts } from './facts.ts';

export const terminal: ChannelEntry<TerminalDeps> = {
  facts: terminalFacts,
  load: async () => {
    const { createTerminal } = await import('./create.ts');
    return { create: (deps) => createTerminal(deps, terminalFacts) };
  },
};
