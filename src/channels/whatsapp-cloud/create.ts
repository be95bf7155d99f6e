import type { Log } from '../../base/log.ts';
import type { Channel, ChannelHooks } from '../../domain/channel.ts';
import { keepRunning, proving } from '../running.ts';
import { whatsappCloudFacts } from './facts.ts';
import { callGraph, type GraphAccess } from './graph.ts';
import { createHook } from './hook.ts';
import { download } from './media.ts';
import { sendMessage } from './send.ts';

export interface WhatsAppCloudDeps extends GraphAccess {
  readonly verifyToken: string;
  readonly log: Log;
  newId(): string;
}

/** How many chats are remembered by the last that was said in them. */
const REMEMBERED = 1000;
const COURTESY_MS = 10_000;

/** A number of WhatsApp's Cloud API: what comes in is posted to us, what goes out is sent by Meta's Graph API. */
export function createWhatsAppCloud(deps: WhatsAppCloudDeps): Channel {
  const last = new Map<string, string>();
  let identity = deps.phoneNumberId;
  let hooks: ChannelHooks | undefined;
  let stop: AbortController | undefined;
  const ready = (): void => hooks?.health({ state: 'ready', identity });
  const ask = async (signal: AbortSignal): Promise<void> => {
    const query = { fields: 'display_phone_number' };
    const answer = await callGraph(deps, { path: `/${deps.phoneNumberId}`, query }, signal);
    identity = `+${String(answer.display_phone_number).replace(/\D/g, '')}`;
  };
  /** Says that a message was read; Meta shows the typing only with one. Best effort. */
  const read = async (message: string, more = {}): Promise<void> => {
    const status = { messaging_product: 'whatsapp', status: 'read', message_id: message };
    const wish = { path: `/${deps.phoneNumberId}/messages`, body: { ...status, ...more } };
    await callGraph(deps, wish, AbortSignal.timeout(COURTESY_MS)).catch(() => undefined);
  };
  return {
    facts: whatsappCloudFacts,
    hook: createHook({
      ...deps,
      accept: () => hooks?.accept,
      heard: ready,
      taken({ from: { peer }, externalId }) {
        last.delete(peer);
        last.set(peer, externalId);
        const [oldest] = last.keys();
        if (last.size > REMEMBERED && oldest !== undefined) last.delete(oldest);
        void read(externalId);
      },
    }),
    open(given) {
      if (hooks) return;
      hooks = given;
      stop = new AbortController();
      void keepRunning(proving(ask, ready), given, stop.signal);
    },
    send: async (message, signal) => ({ externalId: await sendMessage(deps, message, signal) }),
    async typing({ peer }) {
      const message = last.get(peer);
      if (message !== undefined) await read(message, { typing_indicator: { type: 'text' } });
    },
    download: (media, signal) => download(deps, media, signal),
    async close() {
      stop?.abort();
      hooks = undefined;
    },
  };
}
