import type { ChannelEntry } from './channel-module.ts';
import type { TelegramDeps } from './telegram/create.ts';
import { telegramFacts } from './telegram/facts.ts';
import type { TerminalDeps } from './terminal/create.ts';
import { terminalFacts } from './terminal/facts.ts';

const terminal: ChannelEntry<TerminalDeps> = {
  facts: terminalFacts,
  load: async () => ({ create: (await import('./terminal/create.ts')).createTerminal }),
};

const telegram: ChannelEntry<TelegramDeps> = {
  facts: telegramFacts,
  load: async () => ({ create: (await import('./telegram/create.ts')).createTelegram }),
};

/** Every channel atom knows, by name. Reading it loads no SDK. */
export const channels = { terminal, telegram } as const;

export type ChannelName = keyof typeof channels;

/** True where `name` is a channel of the table, for names that come from a person or a file. */
export const isChannelName = (name: string): name is ChannelName => Object.hasOwn(channels, name);
