import { expect, test } from 'vitest';
import { webhooksSchema } from '../../../src/config/webhooks-schema.ts';
import { publicUrlOf } from '../../../src/gateway/webhooks/public-url.ts';

const TARGET = '/hooks/sms/?b=2&a=%2F';

function urlOf(
  webhooks: object,
  headers: Readonly<Record<string, string | readonly string[]>>,
  { peer = '127.0.0.1', target = TARGET } = {},
): string | undefined {
  const distinct = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat()]),
  );
  return publicUrlOf(webhooksSchema.parse(webhooks), {
    peer,
    target,
    headers: distinct,
    local: { address: '127.0.0.1', port: 9000 },
  });
}

const proxy = { trustedProxy: ['127.0.0.1'] };
const forwarded = { host: 'inner:9000', 'x-forwarded-host': 'Atom.example.com' };

test('the address is what the settings say, to the letter, whatever the headers are', () => {
  const settings = { ...proxy, publicUrl: 'https://Atom.example.com:8443/in' };
  const headers = { ...forwarded, 'x-forwarded-proto': 'http', 'x-forwarded-port': '1' };
  expect(urlOf(settings, headers)).toBe(`https://Atom.example.com:8443/in${TARGET}`);
});

test.each([
  [{}, `https://Atom.example.com${TARGET}`],
  [{ 'x-forwarded-proto': 'https' }, `https://Atom.example.com${TARGET}`],
  [{ 'x-forwarded-proto': 'http' }, `http://Atom.example.com${TARGET}`],
  [{ 'x-forwarded-port': '443' }, `https://Atom.example.com${TARGET}`],
  [{ 'x-forwarded-port': '8443' }, `https://Atom.example.com:8443${TARGET}`],
  [
    { 'x-forwarded-host': 'a.example:1', 'x-forwarded-port': '8443' },
    `https://a.example:1${TARGET}`,
  ],
  [{ 'x-forwarded-host': 'evil.example, a.example' }, `https://a.example${TARGET}`],
  [{ 'x-forwarded-host': ['evil.example', 'a.example'] }, `https://a.example${TARGET}`],
  [{ 'x-forwarded-host': '[2001:db8::1]:8443' }, `https://[2001:db8::1]:8443${TARGET}`],
  [{ 'x-forwarded-proto': 'ftp' }, undefined],
  [{ 'x-forwarded-port': '80/x' }, undefined],
  [{ 'x-forwarded-host': 'a.example/hooks' }, undefined],
  [{ 'x-forwarded-host': 'u:p@a.example' }, undefined],
  [{ 'x-forwarded-host': '' }, undefined],
])('a proxy that is trusted says what it was: %j', (headers, url) => {
  expect(urlOf(proxy, { ...forwarded, ...headers })).toBe(url);
});

test('nobody else says so', () => {
  const headers = { ...forwarded, 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' };
  expect(urlOf({}, headers)).toBe(`http://inner:9000${TARGET}`);
  expect(urlOf(proxy, headers, { peer: '127.0.0.2' })).toBe(`http://inner:9000${TARGET}`);
  const tls = { cert: '/c', key: '/k' };
  expect(urlOf({ tls }, { host: 'a.example' })).toBe(`https://a.example${TARGET}`);
  expect(urlOf({}, { host: ['a.example', 'b.example'] })).toBeUndefined();
  expect(urlOf({}, {})).toBeUndefined();
});

test('a target that is none makes no address', () => {
  for (const target of ['http://a.example/hooks/sms', '*', '', '/hooks/sms\u00e9', '/a b'])
    expect(urlOf({ publicUrl: 'https://a.example' }, {}, { target })).toBeUndefined();
});
