import { BlockList, isIP } from 'node:net';

/** Ranges of addresses, such as `10.0.0.0/8` and `fe80::/10`. */
export interface AddressList {
  /** False for what is no address. An IPv4 address within an IPv6 one (`::ffff:10.0.0.1`) counts as itself. */
  has(address: string): boolean;
}

/** A list of ranges in CIDR notation; what is no range is an error of the caller's. */
export function addressList(ranges: readonly string[]): AddressList {
  // Most lists are the same in every process, and most processes ask them for nothing.
  let list: BlockList | undefined;
  return {
    has: (address) => {
      const version = isIP(address);
      // A zone (`fe80::1%eth0`) is a link's own; BlockList would not read it.
      if (version === 0 || address.includes('%')) return false;
      list ??= blockList(ranges);
      return list.check(address, version === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    // Not by `isIP`: the first IPv6 address of a process costs it the compiling of a long pattern.
    list.addSubnet(net, Number(bits), net.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** True for an IPv4 or IPv6 address, written in full or short; never for a name. */
export const isAddress = (text: string): boolean => isIP(text) !== 0;

const loopback = addressList(['127.0.0.0/8', '::1/128']);

/** True for addresses that nothing but this machine answers at. */
export const isLoopback = (address: string): boolean => loopback.has(address);
