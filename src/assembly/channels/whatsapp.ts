import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { findLibrary } from '../../channels/library.ts';
import { channels as table } from '../../channels/registry.ts';
import { LIBRARY } from '../../channels/whatsapp/facts.ts';
import type { MakePlatform } from './configured.ts';

/** A linked device of a WhatsApp account, where one is set up. */
export const whatsapp: MakePlatform = async (
  { config, paths, secrets, packageFolder, log, clock },
  { store },
  { libraryJail: jail },
) => {
  const settings = config.channels.whatsapp;
  if (!settings?.enabled) return [];
  const { facts } = table.whatsapp;
  const { create } = await table.whatsapp.load();
  const { url, ...rest } = settings;
  const channel = create({
    store,
    secrets,
    clock,
    jail,
    log: log.part('whatsapp'),
    newId: () => newId(),
    program: join(packageFolder, 'dist', 'channels', 'whatsapp.mjs'),
    library: () => findLibrary(LIBRARY, { packageFolder, data: paths.data, channel: 'whatsapp' }),
    settings: { ...rest, ...(url === undefined ? {} : { url }) },
  });
  return [{ facts, channel, health: { state: 'starting' } }];
};
