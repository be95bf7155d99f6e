import { networkInterfaces } from 'node:os';
import { type AddressList, addressList, isAddress } from './address-list.ts';

/**
 * True for an address of the public internet that is none of this machine's own. Everything else is a
 * way back into the machine or its networks: loopback, link-local with the metadata of clouds, private,
 * carrier-grade NAT, multicast, and IPv6 forms that carry an IPv4 address within them.
 */
export const isPublicAddress = (address: string): boolean =>
  isGlobalAddress(address) && !ownAddresses().has(address);

/** True for an address of the public internet, this machine's own among them. */
export function isGlobalAddress(address: string): boolean {
  // A zone (`fe80::1%eth0`) is a link's own; no list would read it.
  if (!isAddress(address) || address.includes('%')) return false;
  return !special.has(address) && (!address.includes(':') || global.has(address));
}

// iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
const special = addressList([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // Teredo and other protocols, documentation, 6to4.
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
]);
/** All that is given out for global use; mapped, NAT64, unique-local and the like lie outside. */
const global = addressList(['2000::/3']);

/** Read anew each time: a laptop changes networks. */
const ownAddresses = (): AddressList =>
  addressList(
    Object.values(networkInterfaces())
      .flatMap((one) => one ?? [])
      .map(({ address, family }) => `${address}/${family === 'IPv6' ? 128 : 32}`),
  );

/**
 * True for an address of this machine or of networks of one's own: loopback, private, carrier-grade NAT and
 * unique-local. Never for what only a link or a cloud's metadata service answers at.
 */
export const isPrivateAddress = (address: string): boolean =>
  isAddress(address) && !address.includes('%') && own.has(address) && !metadata.has(address);

// RFC 1918, 4193, 6598.
const own = addressList([
  ...['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
  ...['::1/128', 'fc00::/7'],
]);
/** Where clouds hand keys to whoever asks from within: Alibaba, AWS and Google over IPv6. */
const metadata = addressList(['100.100.100.200/32', 'fd00:ec2::254/128', 'fd20:ce::254/128']);
