import { a2a } from './a2a/entry.ts';
import { agent } from './agent/entry.ts';
import { device } from './device/entry.ts';
import { discord } from './discord/entry.ts';
import { signal } from './signal/entry.ts';
import { slack } from './slack/entry.ts';
import { sms } from './sms/entry.ts';
import { telegram } from './telegram/entry.ts';
import { terminal } from './terminal/entry.ts';
import { webhook } from './webhook/entry.ts';
import { whatsapp } from './whatsapp/entry.ts';
import { whatsappCloud } from './whatsapp-cloud/entry.ts';

/** Every channel atom knows, by name. Reading it loads no SDK. */
export const channels = {
  terminal,
  device,
  agent,
  telegram,
  whatsapp,
  'whatsapp-cloud': whatsappCloud,
  sms,
  slack,
  signal,
  discord,
  webhook,
  a2a,
} as const;

export type ChannelName = keyof typeof channels;

/** Those that are set up; the others are those of the gateway itself. */
export type PlatformName = Exclude<ChannelName, 'terminal' | 'device' | 'agent'>;

/** True where `name` is a channel of the table, for names that come from a person or a file. */
export const isChannelName = (name: string): name is ChannelName => Object.hasOwn(channels, name);
