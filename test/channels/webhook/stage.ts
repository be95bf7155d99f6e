import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { createWebhook, type WebhookDeps } from '../../../src/channels/webhook/create.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import type { startProgram } from '../../peers/standard-webhooks.ts';

/** A channel that takes what the program posts, as the source `deploys`. */
export function webhookFor(
  { secrets, url, answerWith }: Awaited<ReturnType<typeof startProgram>>,
  more: Partial<WebhookDeps> = {},
): Channel {
  const channel = createWebhook({
    sources: [
      {
        name: 'deploys',
        session: 'deploys',
        secret: secrets.in,
        out: { url, secret: secrets.out },
      },
    ],
    clock: systemClock,
    newId: () => newId(),
    ...more,
  });
  if (channel.hook) answerWith(channel.hook);
  return channel;
}

export const webhookHome = { channel: 'webhook', account: 'deploys', peer: 'deploys' };
