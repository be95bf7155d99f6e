import { createServer, type Server as HttpServer, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { TlsFiles } from './tls-files.ts';

/** A port that is listened on. */
export interface Server {
  readonly port: number;
  close(): Promise<void>;
}

/** Headers have this long to come. */
const HEADERS_MS = 10_000;

/** A server that nobody keeps busy by being slow or long-winded. `tls` undefined: in plain text. */
export function createHttp(tls: TlsFiles | undefined, more: ServerOptions = {}): HttpServer {
  const options = {
    headersTimeout: HEADERS_MS,
    requestTimeout: HEADERS_MS,
    keepAliveTimeout: 5000,
    maxHeaderSize: 8192,
    connectionsCheckingInterval: 2000,
    ...more,
  };
  const server = tls
    ? createTlsServer({ ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: HEADERS_MS })
    : createServer(options);
  server.on('clientError', (_, socket) => socket.destroy());
  return server;
}

/** Listens. Rejects with the system's error where it cannot. */
export const listen = (
  server: HttpServer,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
