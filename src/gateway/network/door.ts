import { isAddress, isLoopback } from '../../base/address-list.ts';
import type { Config } from '../../config/schema.ts';
import { plainAddress } from './source.ts';

export type Endpoint = Config['gateway'];

/** What is known of a request before anything is answered. */
export interface Arrival {
  /** Who is at the other end of the wire, and where here it came in. */
  readonly peer: string;
  readonly local: { readonly address: string; readonly port: number };
  /** The request target, as it was sent. */
  readonly target: string;
  readonly headers: NodeJS.Dict<readonly string[]>;
}

/** Where it comes from and what it is for; or the bare status that is all it gets. */
export type Passage =
  | { readonly ok: true; readonly address: string; readonly path: string }
  | { readonly ok: false; readonly status: 400 | 403 };

/**
 * Looks at a request before anything else does. `Host` must be one of ours, or a page of the web could
 * reach this machine under a name of its own (DNS rebinding); `Origin`, which browsers send, must be
 * an allowed one. A query is refused: what stands in an address ends up in logs.
 */
export function checkArrival(endpoint: Endpoint, arrival: Arrival): Passage {
  const { target, headers } = arrival;
  if (!isOurHost(endpoint, arrival)) return { ok: false, status: 403 };
  if (!isAllowedOrigin(endpoint, headers.origin)) return { ok: false, status: 403 };
  if (!/^\/[^?#]*$/.test(target)) return { ok: false, status: 400 };
  const address = clientOf(endpoint, arrival);
  if (address === undefined) return { ok: false, status: 403 };
  return { ok: true, address, path: target };
}

function isOurHost(endpoint: Endpoint, { local, headers }: Arrival): boolean {
  const [given, ...more] = headers.host ?? [];
  if (given === undefined || more.length > 0 || !/^[a-z0-9._:[\]-]+$/i.test(given)) return false;
  const url = URL.parse(`${endpoint.tls ? 'https' : 'http'}://${given}`);
  if (!url) return false;
  const port = portOf(url, endpoint.tls ? 443 : 80);
  if (port === local.port && isHere(bare(url.hostname), local.address)) return true;
  const ours = endpoint.publicUrl === undefined ? null : URL.parse(endpoint.publicUrl);
  // A proxy hands on the name that was asked for, and its port only where it is not the usual one.
  const asked = URL.parse(`https://${given}`);
  return ours !== null && asked !== null && sameHost(ours, asked);
}

/** A name or an address of this machine that no page of the web can have pointed here. */
const isHere = (host: string, bound: string): boolean =>
  isLoopback(host) ||
  /^(.+\.)?localhost$/.test(host) ||
  (isAddress(host) && plainAddress(host) === plainAddress(bound));

const sameHost = (a: URL, b: URL): boolean =>
  bare(a.hostname) === bare(b.hostname) && portOf(a, 443) === portOf(b, 443);

const portOf = ({ port }: URL, usual: number): number => Number(port) || usual;

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

function isAllowedOrigin(endpoint: Endpoint, given: readonly string[] | undefined): boolean {
  if (given === undefined) return true;
  const [origin, ...more] = given;
  if (origin === undefined || more.length > 0) return false;
  const own = endpoint.publicUrl && URL.parse(endpoint.publicUrl.replace(/^ws/, 'http'))?.origin;
  return origin === own || endpoint.origins.includes(origin);
}

/**
 * Who asks, past any proxy that is trusted. Undefined where it came in plain text from beyond this machine,
 * and past the proxy.
 */
export function clientOf(
  endpoint: Pick<Endpoint, 'tls' | 'trustedProxy'>,
  { peer, headers }: Pick<Arrival, 'peer' | 'headers'>,
): string | undefined {
  const trusted = new Set(endpoint.trustedProxy.map(plainAddress));
  const wire = plainAddress(peer);
  if (!trusted.has(wire)) return endpoint.tls || isLoopback(wire) ? wire : undefined;
  const proto = headers['x-forwarded-proto']?.at(-1);
  if (proto !== undefined && !/^(https|wss)$/.test(proto)) return undefined;
  const hops = (headers['x-forwarded-for'] ?? []).flatMap((line) => line.split(','));
  // Only what the trusted ones wrote counts: the last hop that is not one of them.
  const client = hops.map((hop) => plainAddress(hop.trim())).findLast((hop) => !trusted.has(hop));
  if (client === undefined) return wire;
  return isAddress(client) ? client : undefined;
}
