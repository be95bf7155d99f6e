import { newId, randomKey } from '../../base/ids.ts';
import { channels as table } from '../../channels/registry.ts';
import { TELEGRAM_HOOK } from '../../secrets/names.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { MakePlatform } from './configured.ts';

const NO_TOKEN =
  'no token is stored. Get one from @BotFather, then: atom secrets set telegram.token';

const NO_ADDRESS =
  'Telegram is to bring its messages to a webhook, and no public address is set. Say which:   atom config set webhooks.publicUrl https://…   or go back:   atom config set channels.telegram.mode polling';

/** A Telegram bot, where one is set up. */
export const telegram: MakePlatform = async (options) => {
  const settings = options.config.channels.telegram;
  if (!settings?.enabled) return [];
  const { facts } = table.telegram;
  const token = await options.secrets.get('telegram.token');
  if (token === undefined) return [{ facts, health: { state: 'failed', reason: NO_TOKEN } }];
  const { publicUrl } = options.config.webhooks;
  const byWebhook = settings.mode === 'webhook';
  if (byWebhook && publicUrl === undefined)
    return [{ facts, health: { state: 'failed', reason: NO_ADDRESS } }];
  const { create } = await table.telegram.load();
  const channel = create({
    token,
    ...(settings.apiRoot === undefined ? {} : { apiRoot: settings.apiRoot }),
    ...(publicUrl === undefined ? {} : { webhookUrl: `${publicUrl}/hooks/telegram` }),
    ...(byWebhook && { webhookSecret: await secretOf(options.secrets) }),
    log: options.log.part('telegram'),
    clock: options.clock,
    newId: () => newId(),
  });
  return [{ facts: channel.facts, channel, health: { state: 'starting' } }];
};

/** Made once and kept, so that a restart refuses nothing that was on its way. */
async function secretOf(secrets: Secrets): Promise<string> {
  const kept = await secrets.get(TELEGRAM_HOOK);
  if (kept !== undefined) return kept;
  // Source: core.telegram.org/bots/api#setwebhook: letters, digits, `_` and `-`.
  const made = randomKey().toString('base64url');
  await secrets.set(TELEGRAM_HOOK, made);
  return made;
}
