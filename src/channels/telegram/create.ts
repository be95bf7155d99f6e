import type { Api } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Channel } from '../../domain/channel.ts';
import { loadApi, type TelegramAccess } from './api.ts';
import { answerPress, showTyping } from './courtesies.ts';
import { downloadFile } from './download.ts';
import { type EventDeps, eventOf } from './events.ts';
import { telegramFacts } from './facts.ts';
import { createPresses } from './presses.ts';
import { createReceiving, type ReceivingDeps } from './receiving.ts';
import { sendText } from './send.ts';

export type TelegramDeps = TelegramAccess &
  EventDeps &
  Omit<ReceivingDeps, keyof TelegramAccess | 'api' | 'read'>;

/** A Telegram bot, by long polling or by webhook. grammy is loaded with the first call. */
export function createTelegram(deps: TelegramDeps): Channel {
  const presses = createPresses();
  let loading: Promise<Api> | undefined;
  const api = (): Promise<Api> => {
    loading ??= loadApi(deps);
    return loading;
  };
  const read = (update: Update, me: UserFromGetMe) => {
    const event = eventOf(deps, update, me);
    if (event) presses.remember(event, update);
    return event;
  };
  const receiving = createReceiving({ ...deps, api, read });
  return {
    facts: receiving.hook ? { ...telegramFacts, transport: 'webhook' } : telegramFacts,
    ...receiving,
    send: async (message, signal) => ({
      externalId: await sendText({ ...deps, api }, message, signal),
    }),
    async acknowledge(event, note) {
      const query = presses.take(event);
      if (query !== undefined) await answerPress({ ...deps, api }, query, note);
    },
    download: (media, signal) => downloadFile({ ...deps, api }, media, signal),
    typing: (to) => showTyping({ ...deps, api }, to),
  };
}
