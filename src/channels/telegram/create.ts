import type { Api } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Log } from '../../base/log.ts';
import type { Channel, ChannelHealth, ChannelHooks } from '../../domain/channel.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { forGrammy, loadApi, type TelegramAccess } from './api.ts';
import { capped } from './capped.ts';
import { troubleOf } from './errors.ts';
import { type EventDeps, eventOf } from './events.ts';
import { telegramFacts } from './facts.ts';
import { createOrigins } from './origins.ts';
import { type Polling, startPolling } from './polling.ts';
import { numeric, placement, sendText } from './send.ts';

export interface TelegramDeps extends TelegramAccess, EventDeps {
  readonly log: Log;
}

/** A Telegram bot by long polling. grammy is loaded with the first call. */
export function createTelegram(deps: TelegramDeps): Channel {
  const origins = createOrigins();
  let loading: Promise<Api> | undefined;
  let polling: Polling | undefined;
  const api = (): Promise<Api> => {
    loading ??= loadApi(deps);
    return loading;
  };
  const read = (update: Update, me: UserFromGetMe) => {
    const event = eventOf(deps, update, me);
    if (event) origins.remember(event, update);
    return event;
  };
  return {
    facts: telegramFacts,
    open(hooks) {
      const health = changes(hooks, deps.log);
      const accept = (event: InboundEvent) => hooks.accept(event);
      polling ??= startPolling({ ...deps, api, read, accept, health });
    },
    send: async (message, signal) => ({
      externalId: await sendText({ ...deps, api, ...origins }, message, signal),
    }),
    async acknowledge(event, note) {
      const query = origins.takeQuery(event);
      if (query === undefined) return;
      await tried(deps, 'button press not answered', async () =>
        (await api()).answerCallbackQuery(query, { text: capped(note, MAX_NOTE) }, briefly()),
      );
    },
    typing: (to) =>
      tried(deps, 'typing not shown', async () =>
        (await api()).sendChatAction(numeric(to.peer, 'chat'), 'typing', placement(to), briefly()),
      ),
    close: async () => polling?.stop(),
  };
}

/** core.telegram.org/bots/api#answercallbackquery: 200 characters. */
const MAX_NOTE = 200;

const briefly = () => forGrammy(AbortSignal.timeout(10_000));

/** For what is nice to have: a failure is a line in the log. */
async function tried(deps: TelegramDeps, what: string, call: () => Promise<unknown>) {
  try {
    await call();
  } catch (thrown) {
    deps.log.debug(what, { reason: troubleOf(thrown, deps.token).words });
  }
}

/** Passes on what differs from the last, and writes it down. */
function changes(hooks: ChannelHooks, log: Log): (health: ChannelHealth) => void {
  let last = '';
  return (health) => {
    const words = 'reason' in health ? health.reason : health.state;
    if (words === last) return;
    last = words;
    if (health.state === 'ready') log.info(`receiving as ${health.identity}`);
    else log.warn(words, { state: health.state });
    hooks.health(health);
  };
}
