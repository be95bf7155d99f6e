import type { Log } from '../../base/log.ts';
import type { Channel, ChannelHooks } from '../../domain/channel.ts';
import { keepProving } from '../proving.ts';
import type { EventDeps } from './events.ts';
import { smsFacts } from './facts.ts';
import { createHook } from './hook.ts';
import { downloadMedia } from './media.ts';
import { type SmsSender, sendSms } from './send.ts';
import { callTwilio, Unauthorized } from './twilio.ts';

export interface SmsDeps extends SmsSender, Omit<EventDeps, 'account'> {
  readonly log: Log;
}

/** SMS by Twilio: what comes in is posted to us, what goes out is sent by its API. */
export function createSms(deps: SmsDeps): Channel {
  const account = deps.from ?? deps.messagingService ?? '';
  const identity = deps.from === undefined ? account : `+${deps.from}`;
  let hooks: ChannelHooks | undefined;
  let stop: AbortController | undefined;
  const ready = (): void => hooks?.health({ state: 'ready', identity });
  return {
    facts: smsFacts,
    hook: createHook({ ...deps, account, accept: () => hooks?.accept, heard: ready }),
    open(given) {
      if (hooks) return;
      hooks = given;
      stop = new AbortController();
      const proving = {
        ...{ ready, health: given.health, attempt: () => given.attempt?.() },
        ask: (signal: AbortSignal) => callTwilio(deps, { path: '' }, signal),
        isOver: (trouble: Error) => trouble instanceof Unauthorized,
      };
      void keepProving(proving, stop.signal);
    },
    send: async (message, signal) => ({ externalId: await sendSms(deps, message, signal) }),
    download: (media, signal) => downloadMedia(deps, media, signal),
    async close() {
      stop?.abort();
      hooks = undefined;
    },
  };
}
