import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { addressList } from '../../base/address-list.ts';

/**
 * True for an address of the public internet that is none of this machine's own. Everything else is a
 * way back into the machine or its networks: loopback, link-local with the metadata of clouds, private,
 * carrier-grade NAT, multicast, and IPv6 forms that carry an IPv4 address within them.
 */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  // A zone (`fe80::1%eth0`) is a link's own; BlockList would not read it.
  if (version === 0 || address.includes('%')) return false;
  if (special.has(address) || (version === 6 && !global.has(address))) return false;
  if (version === 4) return !ownAddresses().check(address);
  return !ownAddresses().check(address, 'ipv6');
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
function ownAddresses(): BlockList {
  const list = new BlockList();
  for (const { address, family } of Object.values(networkInterfaces()).flatMap((one) => one ?? []))
    list.addAddress(address, family === 'IPv6' ? 'ipv6' : 'ipv4');
  return list;
}
