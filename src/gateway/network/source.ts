import { isAddress, isLoopback } from '../../base/address-list.ts';

/** An address as it is compared: IPv4 within IPv6 as itself, without the zone of a link. */
export function plainAddress(address: string): string {
  const [bare = ''] = address.toLowerCase().split('%', 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  return mapped?.[1] ?? bare;
}

/** Whom an address is counted as: itself, and of IPv6 the /64, which is one customer or one house. */
export function sourceOf(address: string): string {
  if (!address.includes(':') || !isAddress(address) || isLoopback(address)) return address;
  const [head = '', tail] = address.split('::');
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  const zeros = tail === undefined ? 0 : 8 - (left?.length ?? 0) - (right?.length ?? 0);
  const groups = [
    ...(left ?? []),
    ...Array<string>(Math.max(0, zeros)).fill('0'),
    ...(right ?? []),
  ];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
