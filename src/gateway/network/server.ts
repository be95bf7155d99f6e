import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { closeCodes } from '../../protocol/close-codes.ts';
import type { Endpoint } from './door.ts';
import { createPages, type PageDeps } from './pages.ts';
import type { TlsFiles } from './tls-files.ts';
import { createUpgrade, MOST_CONNECTIONS, MOST_UNPROVED, type UpgradeDeps } from './upgrade.ts';
import { createHeartbeat } from './web-socket.ts';

export interface ServerDeps
  extends Omit<UpgradeDeps, 'sockets' | 'heartbeat'>,
    Omit<PageDeps, 'guesses'> {
  readonly tls: TlsFiles | undefined;
}

/** A port that is listened on. */
export interface Server {
  readonly port: number;
  close(): Promise<void>;
}

/** What one message may hold; `connect` much less. */
const MOST_MESSAGE = 1024 * 1024;
/** Headers have this long to come. */
const HEADERS_MS = 10_000;
/** Clients have this long to answer that it is over. */
const CLOSE_MS = 2000;

/** Listens. Rejects with the system's error where it cannot. */
export async function openServer(deps: ServerDeps): Promise<Server> {
  const sockets = new WebSocketServer({
    ...{ noServer: true, perMessageDeflate: false },
    ...{ maxPayload: MOST_MESSAGE, closeTimeout: CLOSE_MS },
  });
  const heartbeat = createHeartbeat();
  const server = createHttp(deps.tls);
  server.maxConnections = MOST_CONNECTIONS + MOST_UNPROVED;
  server.on('request', createPages(deps));
  server.on('upgrade', createUpgrade({ ...deps, sockets, heartbeat }));
  server.on('clientError', (_, socket) => socket.destroy());
  await listen(server, deps.endpoint);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      heartbeat.stop();
      for (const ws of sockets.clients) ws.close(closeCodes.stopping, 'the gateway stops');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Requests that are not whole yet; WebSockets have their own time to say goodbye.
      server.closeAllConnections();
      return closed;
    },
  };
}

function createHttp(tls: TlsFiles | undefined): HttpServer {
  const options = {
    ...{ headersTimeout: HEADERS_MS, requestTimeout: HEADERS_MS, keepAliveTimeout: 5000 },
    ...{ maxHeaderSize: 8192, connectionsCheckingInterval: 2000 },
  };
  return tls
    ? createTlsServer({ ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: HEADERS_MS })
    : createServer(options);
}

const listen = (server: HttpServer, { host, port }: Endpoint): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
