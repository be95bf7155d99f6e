import { newId } from '../../base/ids.ts';
import { channels as table } from '../../channels/registry.ts';
import type { SlackDeps } from '../../channels/slack/create.ts';
import { addressKey } from '../../domain/address.ts';
import { wasWrittenTo } from '../../store/tables/outbox.ts';
import type { AtomOptions } from '../parts.ts';
import type { MakePlatform } from './configured.ts';

const ADD = 'atom channels add slack';

/** An app in a workspace of Slack, where one is set up. */
export const slack: MakePlatform = async (options, { store }) => {
  const settings = options.config.channels.slack;
  if (!settings?.enabled) return [];
  const { facts } = table.slack;
  const botToken = await options.secrets.get('slack.bot');
  const way = await wayOf(options, settings.mode);
  if (botToken === undefined || way === undefined)
    return [{ facts, health: { state: 'failed', reason: `its tokens are not stored: ${ADD}` } }];
  const { create } = await table.slack.load();
  const { apiRoot } = settings;
  const channel = create({
    botToken,
    way,
    clock: options.clock,
    newId: () => newId(),
    log: options.log.part('slack'),
    ...(apiRoot !== undefined && { apiRoot }),
    isOurs: (thread) => wasWrittenTo(store, addressKey(thread)),
  });
  return [{ facts, channel, health: { state: 'starting' } }];
};

async function wayOf(
  { secrets }: AtomOptions,
  mode: 'socket' | 'webhook',
): Promise<SlackDeps['way'] | undefined> {
  if (mode === 'socket') {
    const appToken = await secrets.get('slack.app');
    return appToken === undefined ? undefined : { kind: 'socket', appToken };
  }
  const signingSecret = await secrets.get('slack.signing');
  return signingSecret === undefined ? undefined : { kind: 'webhook', signingSecret };
}
