import { newId } from '../../base/ids.ts';
import { channels as table } from '../../channels/registry.ts';
import type { MakePlatform } from './configured.ts';

const NO_TOKEN =
  'no token is stored. Get one from @BotFather, then: atom secrets set telegram.token';

/** A Telegram bot, where one is set up. */
export const telegram: MakePlatform = async (options) => {
  const settings = options.config.channels.telegram;
  if (!settings?.enabled) return [];
  const { facts } = table.telegram;
  const token = await options.secrets.get('telegram.token');
  if (token === undefined) return [{ facts, health: { state: 'failed', reason: NO_TOKEN } }];
  const { create } = await table.telegram.load();
  const channel = create({
    token,
    ...(settings.apiRoot === undefined ? {} : { apiRoot: settings.apiRoot }),
    log: options.log.part('telegram'),
    clock: options.clock,
    newId: () => newId(),
  });
  return [{ facts, channel, health: { state: 'starting' } }];
};
