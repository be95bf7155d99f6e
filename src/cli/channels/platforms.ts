import { AtomError } from '../../base/errors.ts';
import { discord } from './discord.ts';
import type { Platform } from './platform.ts';
import { signal } from './signal.ts';
import { sms } from './sms.ts';
import { telegram } from './telegram.ts';
import { whatsapp } from './whatsapp.ts';

/** Channels that a person may add. */
export const PLATFORMS = { telegram, whatsapp, sms, signal, discord } as const satisfies Readonly<
  Record<string, Platform>
>;

export type PlatformName = keyof typeof PLATFORMS;

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
