import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLedger } from '../../../src/jail/net/ledger.ts';
import { createOutside } from '../../../src/jail/net/outside.ts';

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((socket) => socket.on('data', () => socket.write('12345')));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

const { dial, resolve } = createOutside();

test('bytes are counted while a connection is open and after, together for one host', async () => {
  const ledger = createLedger();
  const target = { host: 'a.example', port: 443 };
  for (const _ of [1, 2]) {
    const socket = await dial('127.0.0.1', port);
    ledger.opened(target, socket);
    socket.write('abc');
    await once(socket, 'data');
  }
  const counted = { reached: [{ host: 'a.example:443', up: 6, down: 10 }], refused: [] };
  expect(ledger.contacts()).toEqual(counted);
  ledger.close();
  expect(ledger.contacts()).toEqual(counted);
});

test('a command that thinks of names without end fills no record', () => {
  const ledger = createLedger();
  for (let i = 0; i < 1000; i++) ledger.refused(`${i}.example:443`, 'no');
  const { refused } = ledger.contacts();
  expect(refused).toHaveLength(21);
  expect(refused.at(-1)).toEqual({ host: 'others', why: 'more were refused' });
});

test('a connection that cannot be made, and a name that nobody has, are errors', async () => {
  const closed = createServer();
  await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
  const { port: gone } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  await expect(dial('127.0.0.1', gone)).rejects.toThrow(/ECONNREFUSED/);
  await expect(resolve('no-such-name.invalid')).rejects.toThrow();
});

test('names are looked up a few at a time, and all of them are', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => resolve('localhost')));
  expect(all.flat()).toContain('127.0.0.1');
});
