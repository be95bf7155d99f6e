import { newId } from '../../base/ids.ts';
import { findLibrary } from '../../channels/library.ts';
import { channels as table } from '../../channels/registry.ts';
import type { MakePlatform } from './configured.ts';

const NO_TOKEN =
  'no token is stored. Copy it from the Developer Portal, under Bot, then: atom channels add discord';

/** A bot of Discord, where one is set up. */
export const discord: MakePlatform = async (
  { config, paths, secrets, packageFolder, log, clock },
  { store },
) => {
  const settings = config.channels.discord;
  if (!settings?.enabled) return [];
  const { facts } = table.discord;
  const token = await secrets.get('discord.token');
  if (token === undefined) return [{ facts, health: { state: 'failed', reason: NO_TOKEN } }];
  const { create } = await table.discord.load();
  const { allow, messageContent, apiRoot, cdn } = settings;
  const channel = create({
    token,
    store,
    clock,
    log: log.part('discord'),
    newId: () => newId(),
    find: (library) =>
      findLibrary(library, { packageFolder, data: paths.data, channel: 'discord' }),
    settings: { allow, messageContent, apiRoot, cdn },
  });
  return [{ facts, channel, health: { state: 'starting' } }];
};
