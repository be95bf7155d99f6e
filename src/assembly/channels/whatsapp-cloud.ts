import { newId } from '../../base/ids.ts';
import { channels as table } from '../../channels/registry.ts';
import { CLOUD_SECRETS } from '../../secrets/names.ts';
import type { MakePlatform } from './configured.ts';

const MISSING =
  'its token, the secret of its app or the word to verify with is not stored:   atom channels add whatsapp-cloud';

/** A number of WhatsApp's Cloud API, where one is set up. */
export const whatsappCloud: MakePlatform = async ({ config, secrets, log }) => {
  const settings = config.channels['whatsapp-cloud'];
  if (!settings?.enabled) return [];
  const { facts } = table['whatsapp-cloud'];
  const [token, appSecret, verifyToken] = await Promise.all(
    [CLOUD_SECRETS.token, CLOUD_SECRETS.app, CLOUD_SECRETS.verify].map((name) => secrets.get(name)),
  );
  if (token === undefined || appSecret === undefined || verifyToken === undefined)
    return [{ facts, health: { state: 'failed', reason: MISSING } }];
  const { create } = await table['whatsapp-cloud'].load();
  const { phoneNumberId, version, apiRoot } = settings;
  const channel = create({
    phoneNumberId,
    version,
    token,
    appSecret,
    verifyToken,
    log: log.part('whatsapp-cloud'),
    newId: () => newId(),
    ...(apiRoot !== undefined && { apiRoot }),
  });
  return [{ facts, channel, health: { state: 'starting' } }];
};
