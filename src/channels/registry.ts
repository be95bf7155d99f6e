import type { ChannelEntry } from './channel-module.ts';
import { deviceFacts } from './device/facts.ts';
import type { SignalDeps } from './signal/deps.ts';
import { signalFacts } from './signal/facts.ts';
import type { SmsDeps } from './sms/create.ts';
import { smsFacts } from './sms/facts.ts';
import type { TelegramDeps } from './telegram/create.ts';
import { telegramFacts } from './telegram/facts.ts';
import type { TerminalDeps } from './terminal/create.ts';
import { terminalFacts } from './terminal/facts.ts';
import type { WhatsAppDeps } from './whatsapp/create.ts';
import { whatsappFacts } from './whatsapp/facts.ts';

const terminal: ChannelEntry<TerminalDeps> = {
  facts: terminalFacts,
  load: async () => {
    const { createTerminal } = await import('./terminal/create.ts');
    return { create: (deps) => createTerminal(deps, terminalFacts) };
  },
};

const device: ChannelEntry<TerminalDeps> = {
  facts: deviceFacts,
  load: async () => {
    const { createTerminal } = await import('./terminal/create.ts');
    return { create: (deps) => createTerminal(deps, deviceFacts) };
  },
};

const telegram: ChannelEntry<TelegramDeps> = {
  facts: telegramFacts,
  load: async () => ({ create: (await import('./telegram/create.ts')).createTelegram }),
};

const whatsapp: ChannelEntry<WhatsAppDeps> = {
  facts: whatsappFacts,
  load: async () => ({ create: (await import('./whatsapp/create.ts')).createWhatsApp }),
};

const sms: ChannelEntry<SmsDeps> = {
  facts: smsFacts,
  load: async () => ({ create: (await import('./sms/create.ts')).createSms }),
};

const signal: ChannelEntry<SignalDeps> = {
  facts: signalFacts,
  load: async () => ({ create: (await import('./signal/create.ts')).createSignal }),
};

/** Every channel atom knows, by name. Reading it loads no SDK. */
export const channels = { terminal, device, telegram, whatsapp, sms, signal } as const;

export type ChannelName = keyof typeof channels;

/** True where `name` is a channel of the table, for names that come from a person or a file. */
export const isChannelName = (name: string): name is ChannelName => Object.hasOwn(channels, name);
