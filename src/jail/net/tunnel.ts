import type { Socket } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import type { Reach } from './reach.ts';
import { answerRefused, NOT_A_PROXY_REQUEST } from './refusal.ts';
import { connectTarget } from './target.ts';

/** A `CONNECT`: what it names, who asks, and the bytes that came right after. */
export interface TunnelRequest {
  readonly authority: string;
  readonly client: Duplex;
  readonly head: Buffer;
}

/** A connection on which nothing moves for this long is ended. */
export const IDLE_MS = 120_000;

/** Joins a client with the host that it asked for, where it may be reached. */
export async function openTunnel(
  reach: Reach,
  { authority, client, head }: TunnelRequest,
): Promise<void> {
  const target = connectTarget(authority);
  if (!target) return answerRefused(client, 400, NOT_A_PROXY_REQUEST);
  const reached = await reach(target);
  if (!reached.ok) return answerRefused(client, reached.status, reached.why);
  join(client, reached.socket);
  client.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) reached.socket.write(head);
}

/** Each side may stop talking while the other goes on; where one breaks, both end. */
function join(client: Duplex, host: Socket): void {
  const end = (): void => {
    client.destroy();
    host.destroy();
  };
  const settle = (error: Error | null | undefined): void => {
    if (error) end();
  };
  host.setTimeout(IDLE_MS, end);
  pipeline(client, host, settle);
  pipeline(host, client, settle);
}
