import type { Api } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Log } from '../../base/log.ts';
import type { Channel, ChannelHooks } from '../../domain/channel.ts';
import { loadApi, type TelegramAccess } from './api.ts';
import { answerPress, showTyping } from './courtesies.ts';
import { type EventDeps, eventOf } from './events.ts';
import { telegramFacts } from './facts.ts';
import { type Polling, startPolling } from './polling.ts';
import { createPresses } from './presses.ts';
import { sendText } from './send.ts';
import { createWebhook } from './webhook.ts';

export interface TelegramDeps extends TelegramAccess, EventDeps {
  readonly log: Log;
  /** Where Telegram reaches us with a webhook. */
  readonly webhookUrl?: string;
  /** What it says along; with it what comes is taken by webhook, else by long polling. */
  readonly webhookSecret?: string;
  /** How long a poll may take in all, in milliseconds. */
  readonly deafMs?: number;
  /** How often Telegram is asked how its webhook does, in milliseconds. */
  readonly lookMs?: number;
}

/** A Telegram bot, by long polling or by webhook. grammy is loaded with the first call. */
export function createTelegram(deps: TelegramDeps): Channel {
  const presses = createPresses();
  let loading: Promise<Api> | undefined;
  let receiving: Polling | undefined;
  const { webhookUrl: url = '', webhookSecret } = deps;
  const webhook = webhookSecret === undefined ? undefined : createWebhook(webhookSecret);
  const api = (): Promise<Api> => {
    loading ??= loadApi(deps);
    return loading;
  };
  const read = (update: Update, me: UserFromGetMe) => {
    const event = eventOf(deps, update, me);
    if (event) presses.remember(event, update);
    return event;
  };
  return {
    facts: webhook ? { ...telegramFacts, transport: 'webhook' } : telegramFacts,
    ...(webhook && { hook: webhook.hook }),
    open({ accept, health, attempt = () => undefined }: ChannelHooks) {
      const taking = { ...deps, api, read, accept, health, attempt };
      receiving ??= webhook
        ? webhook.open({ ...taking, url })
        : startPolling({ ...taking, ours: url });
    },
    send: async (message, signal) => ({
      externalId: await sendText({ ...deps, api }, message, signal),
    }),
    async acknowledge(event, note) {
      const query = presses.take(event);
      if (query !== undefined) await answerPress({ ...deps, api }, query, note);
    },
    typing: (to) => showTyping({ ...deps, api }, to),
    close: async () => receiving?.stop(),
  };
}
