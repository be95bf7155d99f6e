import type { Channel, ChannelFacts } from '../domain/channel.ts';
import type { ChannelEntry } from './channel-module.ts';
import { deviceFacts } from './device/facts.ts';
import { discordFacts } from './discord/facts.ts';
import { signalFacts } from './signal/facts.ts';
import { smsFacts } from './sms/facts.ts';
import { telegramFacts } from './telegram/facts.ts';
import type { TerminalDeps } from './terminal/create.ts';
import { terminalFacts } from './terminal/facts.ts';
import { whatsappFacts } from './whatsapp/facts.ts';

/** `load` resolves to what makes the channel. */
const entry = <Deps>(
  facts: ChannelFacts,
  load: () => Promise<(deps: Deps) => Channel>,
): ChannelEntry<Deps> => ({ facts, load: async () => ({ create: await load() }) });

/** A channel of those who are connected to the gateway. */
const connected = (facts: ChannelFacts): ChannelEntry<TerminalDeps> =>
  entry(facts, async () => {
    const { createTerminal } = await import('./terminal/create.ts');
    return (deps) => createTerminal(deps, facts);
  });

/** Every channel atom knows, by name. Reading it loads no SDK. */
export const channels = {
  terminal: connected(terminalFacts),
  device: connected(deviceFacts),
  telegram: entry(telegramFacts, async () => (await import('./telegram/create.ts')).createTelegram),
  whatsapp: entry(whatsappFacts, async () => (await import('./whatsapp/create.ts')).createWhatsApp),
  sms: entry(smsFacts, async () => (await import('./sms/create.ts')).createSms),
  signal: entry(signalFacts, async () => (await import('./signal/create.ts')).createSignal),
  discord: entry(discordFacts, async () => (await import('./discord/create.ts')).createDiscord),
} as const;

export type ChannelName = keyof typeof channels;

/** True where `name` is a channel of the table, for names that come from a person or a file. */
export const isChannelName = (name: string): name is ChannelName => Object.hasOwn(channels, name);
