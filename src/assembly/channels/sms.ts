import { newId } from '../../base/ids.ts';
import { channels as table } from '../../channels/registry.ts';
import type { MakePlatform } from './configured.ts';

const NO_TOKEN = 'no token is stored. Twilio shows it with the account:   atom channels add sms';

/** SMS by an account at Twilio, where one is set up. */
export const sms: MakePlatform = async ({ config, secrets, log, clock }) => {
  const settings = config.channels.sms;
  if (!settings?.enabled) return [];
  const { facts } = table.sms;
  const token = await secrets.get('twilio.token');
  if (token === undefined) return [{ facts, health: { state: 'failed', reason: NO_TOKEN } }];
  const { create } = await table.sms.load();
  const { accountSid, from, messagingService, apiRoot } = settings;
  const { publicUrl } = config.webhooks;
  const channel = create({
    accountSid,
    token,
    clock,
    log: log.part('sms'),
    newId: () => newId(),
    ...(from !== undefined && { from }),
    ...(messagingService !== undefined && { messagingService }),
    ...(apiRoot !== undefined && { apiRoot }),
    ...(publicUrl !== undefined && { statusUrl: `${publicUrl}/hooks/sms` }),
  });
  return [{ facts, channel, health: { state: 'starting' } }];
};
