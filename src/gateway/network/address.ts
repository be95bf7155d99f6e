import { networkInterfaces } from 'node:os';
import type { Endpoint } from './door.ts';

/** What devices connect to: `publicUrl`, or where it listens; of 0.0.0.0, an address of this machine. */
export function urlOf({ host, tls, publicUrl }: Endpoint, port: number): string {
  if (publicUrl !== undefined) return publicUrl;
  const shown = /^(0\.0\.0\.0|::)$/.test(host) ? (ownAddress() ?? host) : host;
  return `${tls ? 'wss' : 'ws'}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

const ownAddress = (): string | undefined =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
