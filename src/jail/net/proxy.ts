import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { sameText } from '../../base/digest.ts';
import { forward } from './forward.ts';
import type { Reach } from './reach.ts';
import { answerRefused } from './refusal.ts';
import { IDLE_MS, openTunnel } from './tunnel.ts';

export interface ProxyDeps {
  readonly reach: Reach;
  /** `user:password`, where others than the command could come to the proxy. */
  readonly credential?: string | undefined;
  /** Told of each connection beyond the most that there may be at once. */
  onDrop(): void;
}

/** A proxy that is not listening yet. */
export interface RunProxy {
  readonly server: Server;
  /** Stops listening, and ends every connection to it. */
  close(): void;
}

/** npm opens 15 at once, browsers 32. */
export const MOST_CONNECTIONS = 64;

/**
 * The proxy of one run. It is spoken to by whatever runs in the jail, so nothing
 * that comes in may end more than its own connection.
 */
export function createProxy({ reach, credential, onDrop }: ProxyDeps): RunProxy {
  const clients = new Set<Socket>();
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    connectionsCheckingInterval: 5000,
    // An upload may take as long as its run.
    requestTimeout: 0,
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = IDLE_MS;
  server.on('drop', onDrop);
  server.on('connection', (socket) => {
    clients.add(socket);
    socket.once('close', () => clients.delete(socket)).on('error', () => socket.destroy());
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return void socket.destroy();
    const long = error.code === 'HPE_HEADER_OVERFLOW';
    answerRefused(socket, long ? 431 : 400, 'this request cannot be read.');
  });
  server.on('connect', (asked, client, head) => {
    if (!mayAsk(asked, credential)) return answerRefused(client, 407, NEEDS_CREDENTIAL);
    openTunnel(reach, { authority: asked.url ?? '', client, head }).catch(() => client.destroy());
  });
  server.on('request', (asked, answer) => {
    if (!mayAsk(asked, credential)) return answerRefused(asked.socket, 407, NEEDS_CREDENTIAL);
    forward(reach, asked, answer).catch(() => asked.socket.destroy());
  });
  return {
    server,
    close: () => {
      server.close();
      for (const socket of clients) socket.destroy();
    },
  };
}

const NEEDS_CREDENTIAL = 'this proxy serves one command, which knows its password.';

function mayAsk({ headers }: IncomingMessage, credential: string | undefined): boolean {
  if (credential === undefined) return true;
  const wanted = `Basic ${Buffer.from(credential).toString('base64')}`;
  const given = headers['proxy-authorization'] ?? '';
  return sameText(given, wanted);
}
