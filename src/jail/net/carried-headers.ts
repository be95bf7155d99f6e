/** Said between two neighbours, and not carried further (RFC 9110, 7.6.1). */
const NEIGHBOURS_ONLY: readonly string[] = [
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'proxy-authenticate'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
  // Written anew, from what was checked.
  'host',
];

/** What of raw headers (name, value, name, value …) goes on to the other side. */
export function carriedHeaders(raw: readonly string[]): readonly string[] {
  const pairs = raw.flatMap((name, at) =>
    at % 2 === 0 ? [{ name, low: name.toLowerCase(), value: raw[at + 1] ?? '' }] : [],
  );
  const named = pairs
    .filter(({ low }) => low === 'connection')
    .flatMap(({ value }) => value.split(',').map((word) => word.trim().toLowerCase()))
    // The length says where the message ends, whoever calls it a matter between neighbours.
    .filter((word) => word !== 'content-length');
  const left = new Set([...NEIGHBOURS_ONLY, ...named]);
  return pairs.flatMap(({ name, low, value }) => (left.has(low) ? [] : [name, value]));
}
