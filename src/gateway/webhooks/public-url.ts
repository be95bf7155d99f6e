import type { Config } from '../../config/schema.ts';
import type { Arrival } from '../network/door.ts';
import { plainAddress } from '../network/source.ts';

export type HookPlace = Config['webhooks'];

/**
 * The address as the platform called it, to the letter: some sign it. From `publicUrl`, or from what a
 * proxy that is trusted says, or from the request itself. Undefined where that makes no address.
 */
export function publicUrlOf(place: HookPlace, arrival: Arrival): string | undefined {
  const { target, headers, peer } = arrival;
  if (!/^\/[!-~]*$/.test(target)) return undefined;
  if (place.publicUrl !== undefined) return place.publicUrl + target;
  const host = only(headers.host);
  const trusted = place.trustedProxy.map(plainAddress).includes(plainAddress(peer));
  if (!trusted) return written({ proto: place.tls ? 'https' : 'http', host, target });
  return written({
    // A proxy that says nothing is taken for one that ends TLS: plain text is not let through.
    proto: last(headers['x-forwarded-proto']) ?? 'https',
    host: last(headers['x-forwarded-host']) ?? host,
    port: last(headers['x-forwarded-port']),
    target,
  });
}

interface Parts {
  readonly proto: string;
  readonly host: string | undefined;
  readonly port?: string | undefined;
  readonly target: string;
}

function written({ proto, host, port, target }: Parts): string | undefined {
  if (!/^https?$/.test(proto) || host === undefined || !HOST.test(host)) return undefined;
  if (port === undefined) return `${proto}://${host}${target}`;
  if (!/^\d{1,5}$/.test(port)) return undefined;
  const isSaid = /:\d+$/.test(host) || port === (proto === 'https' ? '443' : '80');
  return `${proto}://${host}${isSaid ? '' : `:${port}`}${target}`;
}

/** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;

const only = (values: readonly string[] | undefined): string | undefined =>
  values?.length === 1 ? values[0] : undefined;

/** What the nearest proxy wrote; those before it may be anybody. */
const last = (values: readonly string[] | undefined): string | undefined =>
  values?.at(-1)?.split(',').at(-1)?.trim();
