import { createServer } from 'node:http';
import type { Channel } from '../../../src/domain/channel.ts';
import type { HookRequest } from '../../../src/domain/hook.ts';

export interface HookDoor {
  readonly url: string;
  /** What comes is handed to the hook of this channel from now on. */
  lead(to: Channel): void;
  close(): Promise<void>;
}

/** An HTTP server that hands what is posted to it to a channel's hook, as the gateway does, on loopback. */
export async function openHookDoor(): Promise<HookDoor> {
  let channel: Channel | undefined;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const asked: HookRequest = {
      method: 'POST',
      url: '',
      headers: request.headers as HookRequest['headers'],
      body: Buffer.concat(parts),
    };
    const answer = await channel?.hook?.(asked).catch(() => ({ status: 503 }));
    response.writeHead(answer?.status ?? 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/hooks/telegram`,
    lead: (to) => {
      channel = to;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
