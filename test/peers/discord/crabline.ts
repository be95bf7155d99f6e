import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startDiscordServer } from '@openclaw/crabline';
import { scratchFolder } from '../scratch.ts';
import type { DiscordPeer } from './peer.ts';

/** Somebody who writes in a direct chat with the bot. */
export const dana = '135000000000004242';

export interface CrablineDiscord extends DiscordPeer {
  /** Writes to the bot alone, or in a channel of its server. */
  inject(
    text: string,
    where?: { readonly sender?: string; readonly channel?: string },
  ): Promise<void>;
  /** How often the bot began a session or took one up again. */
  sessions(): number;
  readonly bot: string;
  readonly guild: string;
  readonly channel: string;
  /** How often a call was made: `POST /channels/1/messages`. */
  readonly calls: readonly {
    readonly method: string;
    readonly path: string;
    readonly body?: unknown;
  }[];
}

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly accepted?: boolean;
  readonly body?: {
    readonly op?: number;
    readonly content?: string;
    readonly components?: never[];
  };
}

/**
 * Starts @openclaw/crabline's Discord: HTTP API v10 and a gateway with heartbeats and RESUME, which it allows
 * only where nothing was missed. It has no interactions, no 429 and no list of the bot's servers.
 */
export async function startCrablineDiscord(): Promise<CrablineDiscord> {
  const folder = scratchFolder('crabline');
  const calls: Recorded[] = [];
  const server = await startDiscordServer({
    recorderPath: join(folder, 'discord.jsonl'),
    onEvent: (event) => void calls.push(event as Recorded),
  });
  const { manifest } = server;
  const post = async (url: string, body: object, headers: Record<string, string>) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as { readonly id: string };
  };
  const api = `${manifest.endpoints.apiRoot}/v10`;
  const authorization = { authorization: `Bot ${manifest.botToken}` };
  return {
    apiRoot: manifest.endpoints.apiRoot,
    token: manifest.botToken,
    bot: manifest.botUserId,
    guild: manifest.fixture.guildId,
    channel: manifest.fixture.channelId,
    calls,
    sessions: () =>
      calls.filter(({ method, body }) => method === 'WS' && [2, 6].includes(body?.op ?? 0)).length,
    async inject(content, { sender = dana, channel } = {}) {
      const chat = { recipient_id: sender };
      const channelId =
        channel ?? (await post(`${api}/users/@me/channels`, chat, authorization)).id;
      const place = channel === undefined ? {} : { guildId: manifest.fixture.guildId };
      const body = { channelId, ...place, senderId: sender, senderName: 'dana', content };
      await post(manifest.endpoints.adminInboundUrl, body, {
        'x-crabline-admin-token': manifest.adminToken,
      });
    },
    sent: () =>
      calls
        .filter(
          ({ accepted, method, path }) =>
            accepted && /^(POST|PATCH)$/.test(method) && /\/messages(\/\d+)?$/.test(path),
        )
        .map(({ path, body }) => ({
          channel: /channels\/(\d+)/.exec(path)?.[1] ?? '',
          edits: /messages\/(\d+)$/.exec(path)?.[1],
          body: body ?? {},
        })),
    async close() {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
