import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { gatewaySchema } from '../../../src/config/gateway-schema.ts';
import { checkArrival } from '../../../src/gateway/network/door.ts';
import { sourceOf } from '../../../src/gateway/network/source.ts';
import { setNetwork } from './stage.ts';

const plain = gatewaySchema.parse({});
const open = gatewaySchema.parse({
  host: '192.168.1.5',
  tls: { cert: '/c', key: '/k' },
  publicUrl: 'wss://atom.example.com',
  origins: ['https://page.example.com'],
});
const proxied = gatewaySchema.parse({
  host: '10.0.0.5',
  trustedProxy: ['10.0.0.1', 'fd00::1'],
  publicUrl: 'wss://atom.example.com:8443',
});

const arrive = (
  endpoint: typeof plain,
  headers: Record<string, string | string[]>,
  { peer = '127.0.0.1', address = endpoint.host, port = 18789, target = '/' } = {},
) =>
  checkArrival(endpoint, {
    peer,
    target,
    local: { address, port },
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value].flat()]),
    ),
  });

describe('the Host of a request', () => {
  test.each([
    [plain, '127.0.0.1:18789'],
    [plain, 'localhost:18789'],
    [plain, 'LOCALHOST.:18789'],
    [plain, 'atom.localhost:18789'],
    [plain, '[::1]:18789'],
    [open, '192.168.1.5:18789'],
    [open, 'atom.example.com'],
    [open, 'atom.example.com:443'],
    [open, 'ATOM.example.com.'],
    [proxied, 'atom.example.com:8443'],
  ])('may be one of ours (%#: %s)', (endpoint, host) => {
    const peer = endpoint === proxied ? '10.0.0.1' : '127.0.0.1';
    expect(arrive(endpoint, { host }, { peer })).toMatchObject({ ok: true });
  });

  test.each([
    [plain, 'evil.example.com:18789'],
    [plain, 'evil.example.com'],
    [plain, '127.0.0.1'],
    [plain, '127.0.0.1:80'],
    [plain, '127.0.0.1.evil.com:18789'],
    [plain, 'localhost.evil.com:18789'],
    [plain, '192.168.1.5:18789'],
    [plain, 'user@127.0.0.1:18789'],
    [plain, '127.0.0.1:18789/'],
    [plain, ''],
    [open, 'evil.example.com'],
    [open, 'atom.example.com:18789'],
    [open, '192.168.1.6:18789'],
    [proxied, 'atom.example.com'],
  ])('may not be another (%#: %s)', (endpoint, host) => {
    expect(arrive(endpoint, { host })).toEqual({ ok: false, status: 403 });
  });

  test('must be there, and once', () => {
    expect(arrive(plain, {})).toEqual({ ok: false, status: 403 });
    const twice = ['127.0.0.1:18789', '127.0.0.1:18789'];
    expect(arrive(plain, { host: twice })).toEqual({ ok: false, status: 403 });
  });
});

describe('the Origin of a request', () => {
  const host = 'atom.example.com';
  test.each(['https://atom.example.com', 'https://page.example.com'])('may be %s', (origin) => {
    expect(arrive(open, { host, origin })).toMatchObject({ ok: true });
  });
  test.each([
    'null',
    '',
    'http://atom.example.com',
    'https://atom.example.com:8443',
    'https://evil.example.com',
    'https://page.example.com.evil.com',
    'https://PAGE.example.com',
  ])('may not be “%s”', (origin) => {
    expect(arrive(open, { host, origin })).toEqual({ ok: false, status: 403 });
  });
  test('of this machine is no page of ours either', () => {
    const origin = 'http://127.0.0.1:18789';
    expect(arrive(plain, { host: '127.0.0.1:18789', origin })).toMatchObject({ status: 403 });
  });
});

describe('where a request comes from', () => {
  const host = 'atom.example.com:8443';
  const from = (headers: Record<string, string | string[]>, peer = '10.0.0.1') =>
    arrive(proxied, { host, ...headers }, { peer });

  test('a proxy that is trusted says', () => {
    expect(from({ 'x-forwarded-for': '9.9.9.9' })).toMatchObject({ address: '9.9.9.9' });
    expect(from({ 'x-forwarded-for': '9.9.9.9' }, '::ffff:10.0.0.1')).toMatchObject({
      address: '9.9.9.9',
    });
    // What the client itself claims stands before what the proxy saw.
    expect(from({ 'x-forwarded-for': ['1.1.1.1, 9.9.9.9', 'fd00::1'] })).toMatchObject({
      address: '9.9.9.9',
    });
    expect(from({ 'x-forwarded-for': 'nonsense' })).toMatchObject({ ok: false });
    expect(from({ 'x-forwarded-proto': 'http' })).toMatchObject({ ok: false });
  });

  test('nobody else says', () => {
    const claim = { host: '127.0.0.1:18789', 'x-forwarded-for': '9.9.9.9' };
    expect(arrive(plain, claim)).toMatchObject({ address: '127.0.0.1' });
    // In plain text, past the proxy, from another machine.
    expect(from({}, '10.0.0.9')).toEqual({ ok: false, status: 403 });
  });

  test('counts a whole /64 of IPv6 as one', () => {
    expect(sourceOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(sourceOf('2001:db8:0:0:1:2:3:4')).toBe('2001:db8:0:0::/64');
    expect(sourceOf('1::')).toBe('1:0:0:0::/64');
    expect(sourceOf('::1')).toBe('::1');
    expect(sourceOf('9.9.9.9')).toBe('9.9.9.9');
  });
});

test.each(['/?token=1', '/?', '/x?y=1', 'http://127.0.0.1/', '*', '//x?y', '/#x'])(
  'the target %s is no request at all',
  (target) => {
    expect(arrive(plain, { host: '127.0.0.1:18789' }, { target })).toEqual({
      ok: false,
      status: 400,
    });
  },
);

describe('a real port', () => {
  /** The status line, headers and body of an answer, as bytes a stranger sees. */
  const ask = (url: string, path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number | undefined; headers: string[]; body: string }>(
      (resolve, reject) => {
        const { port } = new URL(url);
        const asked = request({ port, host: '127.0.0.1', path, headers, method }, (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode, headers: response.rawHeaders, body }),
          );
        });
        asked.on('error', reject);
        asked.end();
      },
    );

  test('gives other names and pages nothing but a status', async () => {
    const { url, client, bursts } = await setNetwork();
    expect(await client({ headers: { host: 'evil.example.com' } }).closed).toMatchObject({
      status: 403,
    });
    expect(await client({ origin: 'https://evil.example.com' }).closed).toMatchObject({
      status: 403,
    });
    const page = await ask(url, '/', { host: 'evil.example.com' });
    expect(page).toMatchObject({ status: 403, body: '' });
    expect(page.headers.join(' ')).not.toMatch(/atom|server|powered/i);
    expect(bursts).toEqual([]);
  });

  test('knows no page but those of its table', async () => {
    const routes = new Map([['/metrics', async () => ({ status: 200, body: 'up 1\n' })]]);
    const { url } = await setNetwork({ routes });
    expect(await ask(url, '/metrics')).toMatchObject({ status: 200, body: 'up 1\n' });
    for (const path of ['/', '/metrics/', '/index.html'])
      expect(await ask(url, path)).toMatchObject({ status: 404, body: '' });
    expect(await ask(url, '/metrics', {}, 'POST')).toMatchObject({ status: 404 });
    expect(await ask(url, '/metrics?token=x')).toMatchObject({ status: 400 });
    expect(await ask(url, '/metrics', { host: 'evil.example.com' })).toMatchObject({ status: 403 });
  });

  test('takes no token in an address and serves one path', async () => {
    const { url } = await setNetwork();
    const { open: connect } = await import('./stage.ts');
    expect((await connect(`${url}/?token=sesame`).closed).status).toBe(400);
    expect((await connect(`${url}/chat`).closed).status).toBe(404);
  });
});
