import type { Api } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Log } from '../../base/log.ts';
import type { Channel } from '../../domain/channel.ts';
import { loadApi, type TelegramAccess } from './api.ts';
import { answerPress, showTyping } from './courtesies.ts';
import { type EventDeps, eventOf } from './events.ts';
import { telegramFacts } from './facts.ts';
import { changes } from './health.ts';
import { type Polling, startPolling } from './polling.ts';
import { createPresses } from './presses.ts';
import { sendText } from './send.ts';

export interface TelegramDeps extends TelegramAccess, EventDeps {
  readonly log: Log;
}

/** A Telegram bot by long polling. grammy is loaded with the first call. */
export function createTelegram(deps: TelegramDeps): Channel {
  const presses = createPresses();
  let loading: Promise<Api> | undefined;
  let polling: Polling | undefined;
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
    facts: telegramFacts,
    open(hooks) {
      const health = changes(hooks);
      const attempt = (): void => hooks.attempt?.();
      polling ??= startPolling({ ...deps, api, read, accept: hooks.accept, health, attempt });
    },
    send: async (message, signal) => ({
      externalId: await sendText({ ...deps, api }, message, signal),
    }),
    async acknowledge(event, note) {
      const query = presses.take(event);
      if (query !== undefined) await answerPress({ ...deps, api }, query, note);
    },
    typing: (to) => showTyping({ ...deps, api }, to),
    close: async () => polling?.stop(),
  };
}
