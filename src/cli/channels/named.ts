import { AtomError } from '../../base/errors.ts';
import type { PlatformName } from '../../channels/registry.ts';
import { isOwnChannel, ownChannelName } from '../../domain/own-channel.ts';
import type { Cli } from '../cli.ts';
import { hasModule, ownPlatform } from './own.ts';
import type { Platform } from './platform.ts';
import { PLATFORMS, platformNames } from './platforms.ts';

/** What the commands do for a channel, by its whole name. */
export const platform = (name: string): Platform =>
  isOwnChannel(name) ? ownPlatform(name) : PLATFORMS[name as PlatformName];

/** The whole name of a channel: `own-hub` for a module of the owner's that is called by its folder. */
export const wholeName = (cli: Pick<Cli, 'paths'>, name: string): string =>
  !isPlatform(name) && hasModule(cli, ownChannelName(name)) ? ownChannelName(name) : name;

/** The same; throws AtomError `usage` where there is no such channel. */
export function addable(cli: Pick<Cli, 'paths'>, given: string): string {
  const name = wholeName(cli, given);
  if (isPlatform(name) || isOwnChannel(name)) return name;
  throw new AtomError('usage', `There is no channel called "${name}".`, {
    next: [
      `Those that can be added: ${platformNames.join(', ')}`,
      'One of your own:   atom help own-channels',
    ],
  });
}

const isPlatform = (name: string): boolean => Object.hasOwn(PLATFORMS, name);
