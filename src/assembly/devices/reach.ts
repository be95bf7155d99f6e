import { isAddress, isLoopback } from '../../base/address-list.ts';
import { AtomError } from '../../base/errors.ts';
import { readGatewayUrl } from '../../domain/plain-url.ts';
import type { AtomOptions } from '../parts.ts';

/** Where devices are told to connect; `warning`: why a phone would not get there, in words. */
export interface Reach {
  readonly url: string;
  readonly warning?: string;
}

/** The address of the configuration, or undefined where it names none that anybody could connect to. */
export function configuredUrl({ config }: Pick<AtomOptions, 'config'>): string | undefined {
  const { publicUrl, tls, host, port } = config.gateway;
  if (publicUrl !== undefined) return publicUrl;
  if (port === 0 || /^(0\.0\.0\.0|::)$/.test(host)) return undefined;
  return `${tls ? 'wss' : 'ws'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Throws AtomError `usage` for an address that may not be spoken to, `config` where there is none. */
export function reachOf(options: Pick<AtomOptions, 'config'>, given: string | undefined): Reach {
  const url = given ?? configuredUrl(options);
  if (url === undefined)
    throw new AtomError('config', 'Nothing says where devices reach this gateway.', { next: NEXT });
  const { text, host } = readGatewayUrl(url);
  const isOwn = isAddress(host) ? isLoopback(host) : /(^|\.)localhost$/.test(host);
  return isOwn ? { url: text, warning: `${host} ${ONLY_HERE}` } : { url: text };
}

const ONLY_HERE = 'is this machine alone: a phone reaches nothing there, so no QR code is shown';

const NEXT = [
  'Name it once:   atom config set gateway.publicUrl wss://atom.example.com',
  'Or for this code:   atom devices pair --url wss://…',
];
