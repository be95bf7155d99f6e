import { isAddress, isLoopback } from '../../base/address-list.ts';
import { AtomError } from '../../base/errors.ts';
import { readGatewayUrl } from '../../domain/plain-url.ts';
import type { NetworkStatus } from '../../protocol/status.ts';

/** Where devices are told to connect; `warning`: why a phone would not get there, in words. */
export interface Reach {
  readonly url: string;
  readonly warning?: string;
}

/** Throws AtomError `usage` for an address that nobody may speak to in plain text. */
export function reachOf(url: string): Reach {
  const { text, host } = readGatewayUrl(url);
  const isOwn = isAddress(host) ? isLoopback(host) : /(^|\.)localhost$/.test(host);
  return isOwn ? { url: text, warning: `${host} ${ONLY_HERE}` } : { url: text };
}

/** Where it is listened. Throws AtomError `failed` where nobody could connect. */
export function listeningAt(port: NetworkStatus): string {
  if (port.state === 'listening') return port.url;
  const why = port.state === 'failed' ? port : NOT_OPEN;
  throw new AtomError('failed', `No device could connect: ${why.reason}`, { next: why.next });
}

const NOT_OPEN = {
  reason: 'the port is not open.',
  next: ['See what the log says:   atom status'],
};

const ONLY_HERE =
  'is this machine alone, so a phone reaches nothing there. Set gateway.publicUrl to where it is reached';
