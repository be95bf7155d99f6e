import type { Log } from '../../base/log.ts';
import type { Channel, ChannelHooks } from '../../domain/channel.ts';
import { keepRunning, proving } from '../running.ts';
import type { EventDeps } from './events.ts';
import { smsFacts } from './facts.ts';
import { createHook } from './hook.ts';
import { downloadMedia } from './media.ts';
import { type SmsSender, sendSms } from './send.ts';
import { callTwilio } from './twilio.ts';

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
      const ask = async (signal: AbortSignal): Promise<void> => {
        await callTwilio(deps, { path: '' }, signal);
      };
      void keepRunning(proving(ask, ready), given, stop.signal);
    },
    send: async (message, signal) => ({ externalId: await sendSms(deps, message, signal) }),
    download: (media, signal) => downloadMedia(deps, media, signal),
    async close() {
      stop?.abort();
      hooks = undefined;
    },
  };
}
