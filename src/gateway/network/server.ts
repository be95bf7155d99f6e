import type { AddressInfo } from 'node:net';
import { type ServerOptions, WebSocketServer } from 'ws';
import { closeCodes } from '../../protocol/close-codes.ts';
import { createHttp, listen, type Server } from './http.ts';
import { createPages, type PageDeps } from './pages.ts';
import type { TlsFiles } from './tls-files.ts';
import { createUpgrade, MOST_CONNECTIONS, MOST_UNPROVED, type UpgradeDeps } from './upgrade.ts';
import { createHeartbeat } from './web-socket.ts';

export interface ServerDeps
  extends Omit<UpgradeDeps, 'sockets' | 'heartbeat'>,
    Omit<PageDeps, 'guesses'> {
  readonly tls: TlsFiles | undefined;
}

/** What one message may hold; `connect` much less. */
const MOST_MESSAGE = 1024 * 1024;
/** Clients have this long to answer that it is over. */
const CLOSE_MS = 2000;

/** Listens. Rejects with the system's error where it cannot. */
export async function openServer(deps: ServerDeps): Promise<Server> {
  // The library’s types do not know it.
  const closing: ServerOptions & { readonly closeTimeout: number } = { closeTimeout: CLOSE_MS };
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MOST_MESSAGE,
    ...closing,
  });
  const heartbeat = createHeartbeat();
  const server = createHttp(deps.tls);
  server.maxConnections = MOST_CONNECTIONS + MOST_UNPROVED;
  server.on('request', createPages(deps));
  server.on('upgrade', createUpgrade({ ...deps, sockets, heartbeat }));
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
