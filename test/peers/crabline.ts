import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startTelegramServer } from '@openclaw/crabline';
import { scratchFolder } from './scratch.ts';
import {
  dana,
  type SendBody,
  type SentMessage,
  sentFrom,
  type TelegramPeer,
  type Writer,
} from './telegram-peer.ts';

export interface CrablinePeer extends TelegramPeer {
  /** How often the bot has called a method; a long poll counts when it ends. */
  calls(method: string): number;
  /** Takes every update that nobody has confirmed, as a bot that polls once would. */
  unconfirmed(): Promise<readonly unknown[]>;
  setWebhook(url: string): Promise<void>;
  /** Told of each message of the bot as it is accepted. */
  onMessage(listener: (message: SentMessage) => void): void;
}

/**
 * Starts @openclaw/crabline's Telegram: real long polls, offsets, 409 for a second poller and for a
 * webhook, 404 for an unknown token. It delivers text only: no buttons, no media, no edits.
 */
export async function startCrabline(): Promise<CrablinePeer> {
  const folder = scratchFolder('crabline');
  const listeners: ((message: SentMessage) => void)[] = [];
  const events: { path: string; accepted?: boolean; body?: unknown }[] = [];
  const server = await startTelegramServer({
    recorderPath: join(folder, 'telegram.jsonl'),
    onEvent: (event) => {
      const seen = event as (typeof events)[number];
      events.push(seen);
      if (isMessage(seen)) for (const tell of listeners) tell(sentFrom(seen.body as SendBody));
    },
  });
  const { manifest } = server;
  const accepted = (method: string) =>
    events.filter(({ path, accepted }) => accepted && path.endsWith(`/${method}`));
  const call = (method: string, body: object) =>
    post(`${manifest.endpoints.apiRoot}/bot${manifest.botToken}/${method}`, body);
  return {
    apiRoot: manifest.endpoints.apiRoot,
    token: manifest.botToken,
    async inject(text, from: Writer = dana) {
      const body = { chatId: from.chat ?? from.id, fromId: from.id, text };
      const headers = { 'x-crabline-admin-token': manifest.adminToken };
      await post(manifest.endpoints.adminInboundUrl, body, headers);
    },
    sentMessages: async () =>
      events.filter(isMessage).map((event) => sentFrom(event.body as SendBody)),
    onMessage: (listener) => void listeners.push(listener),
    calls: (method) => accepted(method).length,
    unconfirmed: async () => (await call('getUpdates', { timeout: 0 })).result,
    setWebhook: async (url) => void (await call('setWebhook', { url })),
    async close() {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const isMessage = ({ path, accepted }: { path: string; accepted?: boolean }): boolean =>
  accepted === true && /\/(sendMessage|editMessageText)$/.test(path);

async function post(url: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as { result: readonly unknown[] };
}
