/** Where a request through the proxy is to go. `host` is lower case, a name or an address. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** The target of `CONNECT host:port`; undefined where it is anything else. */
export function connectTarget(authority: string): Target | undefined {
  return targetOf(authority, undefined);
}

/**
 * The target of a request for a whole `http://host[:port]/path`, and its path; undefined where it is
 * anything else. A user name before the host is refused, because programs disagree on where it ends.
 */
export function requestTarget(
  url: string,
): { readonly target: Target; readonly path: string } | undefined {
  const [, authority = '', rest = ''] = /^http:\/\/([^/?#]+)([/?][^#]*)?$/i.exec(url) ?? [];
  const target = targetOf(authority, 80);
  if (!target) return undefined;
  return { target, path: rest.startsWith('/') ? rest : `/${rest}` };
}

/** `name:port`, with an IPv6 address in brackets. */
export const targetText = ({ host, port }: Target): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** Letters, digits and the signs of names and addresses only: what is read here is also shown. */
const AUTHORITY = /^(?:([a-z0-9._-]{1,253})|\[([0-9a-f:.]{2,45})\])(?::([0-9]{1,5}))?$/i;

function targetOf(authority: string, otherwise: number | undefined): Target | undefined {
  const [whole, name, address, digits] = AUTHORITY.exec(authority) ?? [];
  const port = digits === undefined ? otherwise : Number(digits);
  if (whole === undefined || port === undefined || port < 1 || port > 65_535) return undefined;
  return { host: (name ?? address ?? '').toLowerCase(), port };
}
