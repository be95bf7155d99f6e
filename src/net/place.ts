import { AtomError } from '../base/errors.ts';
import { visible } from '../base/visible.ts';

/** Where a request goes: what the owner's settings are about. */
export interface Place {
  /** Lower case and ASCII; an address without brackets. */
  readonly host: string;
  readonly port: number;
  /** True with TLS. */
  readonly secure: boolean;
}

/** An address of the web, read. */
export interface Target extends Place {
  /** In the one spelling of its parser, without a fragment. */
  readonly url: string;
  /** Path and query. */
  readonly path: string;
}

const LONGEST = 4096;

/**
 * Reads an address of the web; `base` is what a relative one is relative to. Other spellings of IP
 * addresses (`0x7f.1`, `2130706433`) come out as what they are. Throws AtomError `usage`.
 */
export function readTarget(text: string, base?: string): Target {
  if (text.length > LONGEST) throw wrong(`it has more than ${LONGEST} characters`);
  // The parser would drop or trim them without a word.
  if (/[\p{Cc}\s\\]/u.test(text))
    throw wrong('it holds white space, a backslash or a control character');
  const url = URL.parse(text, base);
  if (!url) throw wrong(`${visible(text.slice(0, 80))} cannot be read`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw wrong('it must begin with https://');
  if (url.username !== '' || url.password !== '')
    throw wrong('it must not hold a user or a password');
  if (url.port === '0') throw wrong('there is no port 0');
  url.hash = '';
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/[.]+$/, '');
  const secure = url.protocol === 'https:';
  return {
    url: url.href,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || (secure ? 443 : 80),
    secure,
    path: `${url.pathname}${url.search}`,
  };
}

/** `example.org`, or with the port where it is not the usual one. */
export const placeWords = ({ host, port }: Place): string => {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === 443 || port === 80 ? name : `${name}:${port}`;
};

export const isSameOrigin = (a: Place, b: Place): boolean =>
  a.host === b.host && a.port === b.port && a.secure === b.secure;

/** The same host, with `www.` before it or not, and the same way to it or a safer one. */
export function isSameSite(from: Place, to: Place): boolean {
  const bare = (host: string): string => host.replace(/^www[.]/, '');
  if (bare(from.host) !== bare(to.host)) return false;
  return from.port === to.port || (isUsual(from) && isUsual(to));
}

const isUsual = ({ port, secure }: Place): boolean => port === (secure ? 443 : 80);

const wrong = (why: string): AtomError =>
  new AtomError('usage', `That is no address of a page: ${why}.`, {
    next: ['Addresses look like https://example.org/page.'],
  });
