import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultLimits } from '../../../src/jail/limits.ts';
import { openNetwork } from '../../../src/jail/net/network.ts';
import { seatbeltArguments } from '../../../src/jail/seatbelt.ts';
import { PUBLIC, worldOutside } from './net-scene.ts';

const profile = {
  folder: '/Users/dana/work',
  mode: 'read-write' as const,
  tmp: '/private/tmp/c',
  toolchains: [],
  readOnly: [],
  argv: ['/usr/bin/true'],
  limits: defaultLimits,
};
const rules = (more: object): readonly string[] =>
  (seatbeltArguments({ ...profile, ...more })[1] ?? '').split('\n');

let web: Server;
beforeAll(async () => {
  web = createServer((_asked, answer) => answer.end('reached'));
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  web.closeAllConnections();
  web.close();
});

const open = () =>
  openNetwork(
    {
      outside: worldOutside({
        names: { 'a.example': [PUBLIC] },
        servers: { [`${PUBLIC}:80`]: (web.address() as AddressInfo).port },
      }),
      nodePath: '/node',
      handOverPath: '/hand-over.js',
    },
    'seatbelt',
    { jail: 'work', hosts: ['a.example'] },
  );

test('on macOS a command may connect to its proxy and to nothing else', () => {
  const with8 = rules({ proxyPort: 4321 });
  expect(with8.filter((rule) => rule.includes('network'))).toEqual([
    '(deny network*)',
    '(allow network-outbound (remote ip "localhost:4321"))',
  ]);
  expect(rules({}).filter((rule) => rule.includes('network'))).toEqual(['(deny network*)']);
});

test('a proxy that others on this machine could come to serves who knows its password only', async () => {
  const network = await open();
  const { username, password, port } = new URL(network.env.HTTP_PROXY ?? '');
  expect(password).toMatch(/^[0-9a-f]{64}$/);
  const ask = (credential: string | undefined, request: string): Promise<string> => {
    const socket = connect(Number(port), '127.0.0.1');
    const line =
      credential === undefined
        ? ''
        : `Proxy-Authorization: Basic ${Buffer.from(credential).toString('base64')}\r\n`;
    socket.write(`${request} HTTP/1.1\r\nHost: a.example\r\n${line}Connection: close\r\n\r\n`);
    return text(socket);
  };
  const plain = 'GET http://a.example/';
  for (const wrong of [undefined, '', `${username}:`, `${username}:${password}x`, `:${password}`]) {
    expect(await ask(wrong, plain), wrong).toMatch(/^HTTP\/1.1 407 /);
    expect(await ask(wrong, 'CONNECT a.example:80'), wrong).toMatch(/^HTTP\/1.1 407 /);
  }
  expect(await ask(`${username}:${password}`, plain)).toMatch(/reached$/);
  expect(network.contacts().reached).toHaveLength(1);
  network.close();
  await expect(ask(`${username}:${password}`, plain)).rejects.toThrow(/ECONNREFUSED/);
});

test('each proxy has a password of its own', async () => {
  const [one, other] = await Promise.all([open(), open()]);
  expect(new URL(one.env.HTTP_PROXY ?? '').password).not.toBe(
    new URL(other.env.HTTP_PROXY ?? '').password,
  );
  one.close();
  other.close();
});
