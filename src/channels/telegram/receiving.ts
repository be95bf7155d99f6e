import type { Channel, ChannelHealth, ChannelHooks } from '../../domain/channel.ts';
import { offerCommands } from './commands.ts';
import type { PollDeps } from './poll.ts';
import { type Polling, startPolling } from './polling.ts';
import { createWebhook } from './webhook.ts';

export interface ReceivingDeps
  extends Pick<PollDeps, 'token' | 'clock' | 'log' | 'deafMs' | 'api' | 'read'> {
  /** Where Telegram reaches us with a webhook. */
  readonly webhookUrl?: string;
  /** What it says along; with it what comes is taken by webhook, else by long polling. */
  readonly webhookSecret?: string;
  /** How often Telegram is asked how its webhook does, in milliseconds. */
  readonly lookMs?: number;
}

/** What of a channel receives. */
export function createReceiving(deps: ReceivingDeps): Pick<Channel, 'hook' | 'open' | 'close'> {
  const { webhookUrl: url = '', webhookSecret } = deps;
  const webhook = webhookSecret === undefined ? undefined : createWebhook(webhookSecret);
  let receiving: Polling | undefined;
  return {
    ...(webhook && { hook: webhook.hook }),
    open({ accept, health, attempt = () => undefined }: ChannelHooks) {
      const offering = onceReady(health, () => void offerCommands(deps));
      const taking = { ...deps, accept, attempt, health: offering };
      receiving ??= webhook
        ? webhook.open({ ...taking, url })
        : startPolling({ ...taking, ours: url });
    },
    close: async () => receiving?.stop(),
  };
}

function onceReady(tell: ChannelHooks['health'], then: () => void) {
  let isDone = false;
  return (health: ChannelHealth): void => {
    tell(health);
    if (health.state !== 'ready' || isDone) return;
    isDone = true;
    then();
  };
}
