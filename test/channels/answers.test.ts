import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonWithin, textWithin } from '../../src/channels/answers.ts';
import { openApi } from '../../src/channels/discord/api.ts';
import { loadApi } from '../../src/channels/telegram/api.ts';
import { findLibrary } from './discord/stage.ts';

/** A server that never ends its answer, and counts what of it was taken. */
const endless = createServer((request, response) => {
  let isOver = false;
  request.socket.once('close', () => {
    isOver = true;
  });
  response.writeHead(200, { 'content-type': 'application/json' });
  const piece = Buffer.alloc(256 * 1024, ' ');
  const go = (): void => {
    while (!isOver && response.write(piece));
    if (!isOver) response.once('drain', go);
  };
  go();
});
let root = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
});
afterAll(() => {
  endless.closeAllConnections();
  endless.close();
});

it('reads no answer that has no end', async () => {
  await expect(textWithin(await fetch(root), 100_000)).rejects.toThrow(/more than 100000 bytes/);
  expect(await jsonWithin(await fetch(root), 100_000)).toBeUndefined();
  expect(await jsonWithin(new Response('{"ok":true}'))).toEqual({ ok: true });
  expect(await jsonWithin(new Response('<html>'))).toBeUndefined();
  expect(await jsonWithin(new Response(null))).toBeUndefined();
});

it('has the libraries of platforms read none either', async () => {
  const telegram = await loadApi({ token: '1:a', apiRoot: root });
  await expect(telegram.getMe()).rejects.toThrow();
  const discord = await openApi({ token: 'a', apiRoot: root, find: findLibrary });
  await expect(discord.api.rest.get('/users/@me')).rejects.toThrow(/more than/);
});
