import { addressList, isAddress, isLoopback } from '../base/address-list.ts';
import { AtomError } from '../base/errors.ts';

/** The address of a gateway, read and found fit to be connected to. */
export interface GatewayUrl {
  /** As it is written from here on: no path, no query, the host in its plain spelling. */
  readonly text: string;
  readonly secure: boolean;
  /** An IP address without brackets, or a name in lower case without a dot at its end. */
  readonly host: string;
  readonly port: number;
  /** `address`: no name to be looked up. `name`: what it stands for is looked at before anything is said. */
  readonly kind: 'address' | 'name';
}

/** What a name stands for; `dns.promises.lookup` with `all` is one. */
export type Lookup = (name: string) => Promise<readonly { readonly address: string }[]>;

/**
 * Reads the address of a gateway. `wss://` may go anywhere; `ws://`, which everybody on the way can
 * read, only to this machine, to addresses of its own networks and to `.local` names. Throws AtomError
 * `usage` for the rest, without repeating it: it may hold a secret.
 */
export function readGatewayUrl(text: string): GatewayUrl {
  const url = parsed(text);
  const secure = url.protocol === 'wss:';
  // The parser has made 2130706433, 0177.0.0.1 and 0x7f.1 into 127.0.0.1 already.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const kind = isAddress(host) ? 'address' : 'name';
  if (kind === 'name' && !NAME.test(host)) throw refusal('its host is no name and no address');
  if (!secure && !(kind === 'address' ? isNear(host) : isNearName(host))) throw refusal(NEEDS_TLS);
  const port = Number(url.port) || (secure ? 443 : 80);
  const shown = host.includes(':') ? `[${host}]` : host;
  return { text: `${url.protocol}//${shown}:${port}`, secure, host, port, kind };
}

/**
 * The addresses that may be connected to, and no others: what a name stands for may be another thing a
 * moment later. All of them must be fit for `ws://` where the address is one. Throws AtomError `usage`.
 */
export async function resolvePlain(url: GatewayUrl, lookup: Lookup): Promise<readonly string[]> {
  if (url.kind === 'address') return [url.host];
  const found = (await lookup(url.host)).map(({ address }) => address);
  if (found.length === 0) throw refusal('its name stands for no address');
  const fit = isLocalhost(url.host) ? isLoopback : isNear;
  if (!url.secure && !found.every(fit)) throw refusal(NEEDS_TLS);
  return found;
}

/** True for addresses of this machine and of networks that the internet does not reach. */
export function isNear(address: string): boolean {
  // The zone says on which link; only addresses that belong to a link have one.
  const [plain = '', zone] = address.split('%', 2);
  return zone === undefined ? near.has(plain) : linkLocal.has(plain);
}

function parsed(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^wss?:$/.test(url.protocol)) throw refusal('it must begin with wss:// or ws://');
  if (url.username || url.password) throw refusal('it must not hold a user or a password');
  // An empty query and an empty fragment leave nothing behind in the parsed address.
  if (url.pathname !== '/' || /[?#]/.test(text))
    throw refusal('nothing may follow the host and the port');
  return url;
}

const linkLocal = addressList(['169.254.0.0/16', 'fe80::/10']);

/** Loopback, private (10.0.2.2, the host of Android's emulator, is one), link-local; RFC 1918, 3927, 4193, 4291. */
const near = addressList([
  ...['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
  ...['::1/128', 'fc00::/7', 'fe80::/10'],
]);

/** Labels of letters, digits, hyphens and underscores; the parser has made them lower case and ASCII. */
const NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

const isLocalhost = (name: string): boolean => /(^|\.)localhost$/.test(name);
/** RFC 6762: names of the own link, which no server of the internet answers for. */
const isNearName = (name: string): boolean => isLocalhost(name) || /[^.]\.local$/.test(name);

const NEEDS_TLS =
  'without TLS only this machine, private addresses and .local names may be spoken to: use wss://';

const refusal = (why: string): AtomError =>
  new AtomError('usage', `That is no address of a gateway to connect to: ${why}.`, {
    next: ['Addresses look like ws://127.0.0.1:18789 or wss://atom.example.com.'],
  });
