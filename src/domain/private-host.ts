import { isAddress } from '../base/address-list.ts';
import { isPrivateAddress } from '../base/public-address.ts';

/** A server in a network of the owner's own: an address without brackets, or a name, and a port. */
export interface PrivateHost {
  readonly host: string;
  readonly port: number;
}

/** Reads `192.168.1.5:8080`, `[fd12::1]:443` or `nas.local:443`; a string says what is wrong with it. */
export function readPrivateHost(text: string): PrivateHost | string {
  const [, name = '', digits] =
    /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+):([1-9][0-9]{0,4})$/.exec(text) ?? [];
  const port = Number(digits);
  const host = URL.parse(`http://${name}/`)?.hostname.replace(/^\[(.*)\]$/, '$1');
  if (name === '' || host === undefined || port > 65_535)
    return 'write 192.168.1.5:8080, [fd12::1]:443 or nas.local:443, in lower case and with the port';
  if (isAddress(host) && !isPrivateAddress(host))
    return 'that is no address of this machine or of a network of your own';
  return { host, port };
}
