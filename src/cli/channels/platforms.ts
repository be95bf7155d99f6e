import { AtomError } from '../../base/errors.ts';
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

export const platform = (name: PlatformName): Platform => PLATFORMS[name];

/** Throws AtomError `usage` for any other name. */
export function addable(name: string): PlatformName {
  const found = platformNames.find((one) => one === name);
  if (found) return found;
  throw new AtomError('usage', `There is no channel called "${name}".`, {
    next: [`Those that can be added: ${platformNames.join(', ')}`],
  });
}
