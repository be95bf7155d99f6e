import { createServer, type RequestListener } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { type Events, readEvents } from '../../../src/channels/signal/events-stream.ts';
import { until } from '../../flows/stage/until.ts';
import { DANA, envelopeOf } from '../../peers/signal/frames.ts';
import { watched } from '../telegram/stage.ts';
import { home, signalFor } from './stage.ts';

/** A channel of a server over HTTP that answers so. */
async function stage(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  const door = { kind: 'http', root: `http://127.0.0.1:${port}/` } as const;
  const { channel } = signalFor(door, { answerMs: 500 });
  onTestFinished(async () => {
    await channel.close();
    server.closeAllConnections();
    server.close();
  });
  return { channel, seen: watched(channel) };
}

/** JSON-RPC as signal-cli with one account answers it, until `other` takes a request. */
const signalCli =
  (other: (...given: Parameters<RequestListener>) => boolean): RequestListener =>
  (request, response) => {
    if (other(request, response)) return;
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const { id, method } = JSON.parse(body);
      const error = { code: -32601, message: 'Method not implemented' };
      const rest = method === 'listAccounts' ? { error } : { result: { version: '1' } };
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...rest }));
    });
  };

it('goes on with its events where they broke off', async () => {
  const asked: (string | undefined)[] = [];
  const { seen } = await stage(
    signalCli((request, response) => {
      if (!request.url?.endsWith('/api/v1/events')) return false;
      asked.push(request.headers['last-event-id'] as string | undefined);
      const data = JSON.stringify({ envelope: envelopeOf(DANA, asked.length, { message: 'x' }) });
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      if (asked.length > 2) return true;
      response.end(`: hello\n\nid: e${asked.length}\nevent: receive\ndata: ${data}\n\n`);
      return true;
    }),
  );
  await until('three connections', async () => asked.length === 3);
  expect(asked).toEqual([undefined, 'e1', 'e2']);
  expect(seen.events.map(({ at }) => at)).toEqual([1, 2]);
});

it.each([
  ['a page', 200, '<html>hello</html>', 'HTTP 200 without JSON-RPC'],
  ['a refusal', 400, 'Invalid Host header', 'HTTP 400 without JSON-RPC'],
  ['an answer to somebody else', 200, '{"jsonrpc":"2.0","id":"x","result":{}}', 'without JSON-RPC'],
])('says where %s comes instead of an answer', async (_, status, body, words) => {
  const { channel, seen } = await stage((_request, response) => {
    response.writeHead(status);
    response.end(body);
  });
  await until('words', async () => seen.reasons().length > 0);
  expect(seen.reasons()[0]).toContain(words);
  const message = { id: 'm1', to: home, text: 'x', buttons: [] };
  await expect(channel.send(message, AbortSignal.timeout(50))).rejects.toMatchObject({
    failure: { kind: 'later' },
  });
});

it('does not wait for ever for a server that says nothing', async () => {
  const { seen } = await stage(() => undefined);
  await until('words', async () => seen.reasons().length > 0);
  expect(seen.reasons()[0]).toContain('does not answer. Start it again');
});

it('reads events however they are cut, and passes over what is none', async () => {
  const text =
    ': ping\n\nid: 7\r\nevent: receive\r\ndata: {"a":\r\ndata: "ü\u2028"}\r\n\r\ndata:nonsense\n\ndata:1\n\ndata: {"cut": ';
  const taken: unknown[] = [];
  const events: Events = {};
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
  }
  await readEvents(pieces(), events, (notice) => void taken.push(notice));
  expect(taken).toEqual([
    { method: 'receive', params: { a: 'ü\u2028' } },
    { method: 'receive', params: 1 },
  ]);
  expect(events.last).toBe('7');
});

it('takes no line and no event that never ends', async () => {
  async function* endless(piece: string) {
    const bytes = Buffer.from(piece);
    for (let count = 0; count < 5000; count += 1) yield bytes;
  }
  const read = (piece: string) => readEvents(endless(piece), {}, () => undefined);
  await expect(read('x'.repeat(1024))).rejects.toThrow(RangeError);
  await expect(read('data: x\n')).rejects.toThrow(RangeError);
});
