import type { IncomingMessage } from 'node:http';
import type { Arrival } from './door.ts';

/** What is looked at of a request. */
export const arrivalOf = ({ socket, url, headersDistinct }: IncomingMessage): Arrival => ({
  peer: socket.remoteAddress ?? '',
  local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
  target: url ?? '',
  headers: headersDistinct,
});
