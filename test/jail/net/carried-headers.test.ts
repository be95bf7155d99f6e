import { expect, test } from 'vitest';
import { carriedHeaders } from '../../../src/jail/net/carried-headers.ts';

test('what two neighbours say to each other goes no further, and everything else as it was', () => {
  expect(
    carriedHeaders([
      ...['Host', 'b.example', 'Proxy-Authorization', 'Basic x', 'Accept', 'a', 'ACCEPT', 'b'],
      ...['Connection', 'X-Mine, keep-alive', 'X-Mine', '1', 'Keep-Alive', '5', 'TE', 'trailers'],
      ...['Transfer-Encoding', 'chunked', 'Upgrade', 'h2c', 'Expect', '100-continue', 'X-Odd', ''],
    ]),
  ).toEqual(['Accept', 'a', 'ACCEPT', 'b', 'X-Odd', '']);
});

test('the length of a message stays, whatever its sender calls it', () => {
  expect(carriedHeaders(['Connection', 'Content-Length', 'Content-Length', '4'])).toEqual([
    ...['Content-Length', '4'],
  ]);
});
