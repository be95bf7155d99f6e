import { createServer } from 'node:net';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { type CrablinePeer, startCrabline } from '../peers/crabline.ts';
import { openTunnel } from '../peers/tunnel.ts';

export type Mode = 'polling' | 'webhook';

/** A profile whose bot is at crabline's server, by polling or by webhook; the gateway is not started yet. */
export interface TelegramStage {
  readonly peer: CrablinePeer;
  readonly profile: Profile;
  readonly chats: readonly number[];
  close(): Promise<void>;
}

const PUBLIC = 'https://atom.example';

export async function setTelegram(mode: Mode, chats: number): Promise<TelegramStage> {
  const peer = await startCrabline();
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  // Only a webhook has to be led home.
  const tunnel =
    mode === 'webhook' ? await openTunnel(peer.apiRoot, { publicUrl: PUBLIC, home }) : undefined;
  const ids = Array.from({ length: chats }, (_, n) => 1001 + n);
  const telegram = { enabled: true, mode, allow: ids.map(String) };
  const profile = createProfile({
    config: {
      channels: { telegram: { ...telegram, apiRoot: tunnel?.apiRoot ?? peer.apiRoot } },
      ...(mode === 'webhook' && { webhooks: { port, publicUrl: PUBLIC } }),
      limits: { actionsPerMinute: 100_000, commandsPerHour: 100_000 },
    } as object,
    env: { TELEGRAM_BOT_TOKEN: peer.token, DBUS_SESSION_BUS_ADDRESS: '' },
  });
  return {
    peer,
    profile,
    chats: ids,
    async close() {
      await tunnel?.close();
      await peer.close();
      profile.remove();
    },
  };
}

/** What is said and comes back in its answer, so that each can be told from all others. */
export const saying = (n: number): string => `/zq${n}`;

/** The number of what an answer answers. */
export const answered = (text: string): number | undefined => {
  const found = /I do not know \/zq(\d+)\./.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
