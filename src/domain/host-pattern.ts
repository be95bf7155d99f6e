import { AtomError } from '../base/errors.ts';

/** `example.org`, or with `below` every name under it and not itself; without a port, 443 and 80. */
export interface HostPattern {
  readonly host: string;
  readonly below: boolean;
  readonly ports: readonly number[];
}

/**
 * Reads `example.org`, `*.example.org` or either with `:port`. Names are lower-case ASCII and hold a dot;
 * no address is a name. Throws AtomError `usage`, which says what to write.
 */
export function parseHostPattern(text: string): HostPattern {
  const read = readPattern(text);
  if (typeof read !== 'string') return read;
  throw new AtomError('usage', `${JSON.stringify(text)} is no host that a jail may reach: ${read}`);
}

/** What is wrong with a pattern, as what to write instead; undefined where nothing is. */
export function whyNoHost(text: string): string | undefined {
  const read = readPattern(text);
  return typeof read === 'string' ? read : undefined;
}

/** True where a pattern names this host and port. A pattern or a host that makes no sense allows nothing. */
export function hostAllowed(patterns: readonly string[], host: string, port: number): boolean {
  const name = host.toLowerCase();
  if (!isHostName(name)) return false;
  return patterns.map(readPattern).some((pattern) => {
    if (typeof pattern === 'string' || !pattern.ports.includes(port)) return false;
    if (!pattern.below) return pattern.host === name;
    return name.endsWith(`.${pattern.host}`);
  });
}

/** The same where an address counts, too, if it stands there just so and with its port. */
export const hostNamed = (
  patterns: readonly string[],
  { host, port }: { readonly host: string; readonly port: number },
): boolean => patterns.includes(`${host}:${port}`) || hostAllowed(patterns, host, port);

/**
 * True where whatever `narrow` allows, `wide` allows too, for patterns as in `parseHostPattern`. One that
 * makes no sense allows nothing.
 */
export const hostsWithin = (narrow: readonly string[], wide: readonly string[]): boolean =>
  narrow.map(readPattern).every((pattern) => typeof pattern === 'string' || covered(pattern, wide));

const covered = ({ host, below, ports }: HostPattern, wide: readonly string[]): boolean =>
  ports.every((port) =>
    wide.map(readPattern).some((other) => {
      if (typeof other === 'string' || !other.ports.includes(port)) return false;
      if (host === other.host && below === other.below) return true;
      return other.below && host.endsWith(`.${other.host}`);
    }),
  );

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const NAME = new RegExp(`^${LABEL}([.]${LABEL})+$`);
const NO_PORT = [443, 80];

/** The pattern, or in words what is wrong with it. */
function readPattern(text: string): HostPattern | string {
  const [, star, host = '', port] = /^(\*[.])?([^:*/@]+)(?::([1-9][0-9]{0,4}))?$/.exec(text) ?? [];
  if (host === '') return 'write example.org, *.example.org or example.org:8443';
  if (Number(port ?? 1) > 65_535) return 'a port is at most 65535';
  if (/[A-Z]/.test(host)) return 'write it in lower case';
  if (/[^ -~]/.test(host)) return 'write it in ASCII, as xn--…';
  if (isAddress(host)) return 'write a name in place of an address';
  if (!isHostName(host)) return 'write its whole name, such as example.org';
  return { host, below: star !== undefined, ports: port === undefined ? NO_PORT : [Number(port)] };
}

const isHostName = (host: string): boolean =>
  host.length <= 253 && NAME.test(host) && !isAddress(host) && !/[.]localhost$/.test(host);

/** A name that ends in a number is one more way to write an address: `10.0.0.1`, `127.1`, `0x7f.1`. */
const isAddress = (host: string): boolean => /(^|[.])(0x[0-9a-f]*|[0-9]+)$/.test(host);
