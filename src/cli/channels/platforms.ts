import type { PlatformName } from '../../channels/registry.ts';
import { a2a } from './a2a.ts';
import { discord } from './discord.ts';
import type { Platform } from './platform.ts';
import { signal } from './signal.ts';
import { slack } from './slack.ts';
import { sms } from './sms.ts';
import { telegram } from './telegram.ts';
import { webhook } from './webhook.ts';
import { whatsapp } from './whatsapp.ts';
import { whatsappCloud } from './whatsapp-cloud.ts';

/** Channels that a person may add. */
export const PLATFORMS: Readonly<Record<PlatformName, Platform>> = {
  telegram,
  whatsapp,
  'whatsapp-cloud': whatsappCloud,
  sms,
  slack,
  signal,
  discord,
  webhook,
  a2a,
};

export const platformNames = Object.keys(PLATFORMS) as readonly PlatformName[];
