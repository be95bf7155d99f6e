import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecure, globalAgent } from 'node:https';
import { type AddressInfo, createServer as createRaw, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemCode } from '../../../src/base/errors.ts';
import { textWithin } from '../../../src/channels/answers.ts';
import { neverLeft } from '../../../src/channels/never-left.ts';
import { ask, type Question } from '../../../src/channels/telegram/ask.ts';
import { freePort } from '../../peers/free-port.ts';

async function listening(server: Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** A server that answers so, and how many connections it was opened. */
async function serving(answer: RequestListener) {
  const server = createServer(answer);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const root = `http://127.0.0.1:${await listening(server)}`;
  return { root, connections: () => connections };
}

const never = new AbortController().signal;
const post = (body: Question['body'] = '{}', signal = never): Question => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', connection: 'keep-alive' },
  body,
  signal,
});
const textOf = async (url: string, question = post()): Promise<string> =>
  textWithin({ body: await ask(url, question) });
/** What it rejects with, and whether nothing can have arrived. */
const failure = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => 'it was answered',
    (thrown: unknown) => thrown,
  );
  return { error, code: systemCode(error), neverLeft: neverLeft(error) };
};
/** Pieces that come one by one. */
const pieces = (
  each: (n: number, to: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>,
) => {
  let n = 0;
  return new ReadableStream<Uint8Array>({ pull: (to) => each(n++, to) });
};

describe('asking', () => {
  test('asks over one connection, for an answer that is not compressed', async () => {
    const { root, connections } = await serving(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      const { method, headers } = request;
      response.end([method, headers['content-length'], headers['accept-encoding'], body].join(' '));
    });
    expect(await textOf(root, post('{"text":"ä"}'))).toBe('POST 13 identity {"text":"ä"}');
    expect(await textOf(root, { signal: never })).toMatch(/^GET .*identity $/);
    expect(connections()).toBe(1);
  });

  test.each([301, 302, 303, 307, 308])(
    'takes %i for no answer, and goes nowhere',
    async (status) => {
      const seen: (string | undefined)[] = [];
      const { root } = await serving(({ url }, response) => {
        seen.push(url);
        response.writeHead(status, { location: '/elsewhere' }).end('{"ok":true}');
      });
      const failed = await failure(ask(`${root}/here`, post()));
      expect(failed).toMatchObject({ error: { message: 'unexpected redirect' }, neverLeft: false });
      expect(seen).toEqual(['/here']);
    },
  );

  test('lets go of an answer that is too long', async () => {
    const closed = Promise.withResolvers<void>();
    const { root } = await serving((_, response) => {
      const more = (): void => void response.write(Buffer.alloc(10_000), more);
      response.once('close', closed.resolve);
      more();
    });
    const response = await ask(root, post());
    await expect(textWithin({ body: response }, 100_000)).rejects.toThrow(/more than 100000 bytes/);
    await closed.promise;
  });

  test('ends with its signal, before the answer and within it', async () => {
    const closed: Promise<unknown>[] = [];
    const { root } = await serving(({ url }, response) => {
      closed.push(new Promise((resolve) => response.once('close', resolve)));
      if (url === '/begun') response.write('{');
    });
    const stop = new AbortController();
    const silent = failure(ask(`${root}/silent`, post('{}', stop.signal)));
    const begun = await ask(`${root}/begun`, post('{}', stop.signal));
    await expect.poll(() => closed.length).toBe(2);
    stop.abort();
    expect(await silent).toMatchObject({ error: { name: 'AbortError' }, neverLeft: false });
    await expect(textWithin({ body: begun })).rejects.toThrow();
    await Promise.all(closed);
    await expect(ask(root, post('{}', stop.signal))).rejects.toThrow(/aborted/);
    expect(closed).toHaveLength(2);
  });

  test('is told of an answer that breaks off, or is none', async () => {
    const { root } = await serving(({ url }, response) => {
      if (url === '/cut') return void response.writeHead(200, { 'content-length': 9 }).write('{}');
      response.socket?.end('HTTP/1.1 101 Other\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n');
    });
    expect(await failure(ask(root, post()))).toMatchObject({ neverLeft: false });
    const begun = await ask(`${root}/cut`, post());
    begun.socket.destroy();
    await expect(textWithin({ body: begun })).rejects.toThrow();
  });
});

describe('a file', () => {
  test('goes out in pieces', async () => {
    const { root } = await serving(async (request, response) => {
      let size = 0;
      for await (const part of request) size += part.length;
      response.end(`${request.headers['transfer-encoding']} ${size}`);
    });
    const file = pieces((n, to) => (n < 3 ? to.enqueue(Buffer.alloc(100_000)) : to.close()));
    expect(await textOf(root, post(file))).toBe('chunked 300000');
  });

  test('that cannot be read ends the request', async () => {
    const [arrived, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { root } = await serving((request) => {
      request.on('error', () => closed.resolve()).once('data', () => arrived.resolve());
    });
    const file = pieces(async (n, to) => {
      if (n === 0) return to.enqueue(Buffer.alloc(10));
      await arrived.promise;
      throw new Error('the disk is gone');
    });
    expect(await failure(ask(root, post(file)))).toMatchObject({
      error: { message: 'the disk is gone' },
      neverLeft: false,
    });
    await closed.promise;
  });

  test('is held back once it was answered, and its connection let go', async () => {
    const closed = Promise.withResolvers<void>();
    const { root } = await serving((request, response) => {
      request.socket.once('close', () => closed.resolve());
      response.writeHead(413).end('too large');
    });
    const endless = pieces((_, to) => to.enqueue(Buffer.alloc(100_000)));
    const response = await ask(root, post(endless));
    expect(response.statusCode).toBe(413);
    expect(await textWithin({ body: response })).toBe('too large');
    await closed.promise;
  });
});

describe('a connection', () => {
  test('that was kept and is reset before an answer: it may have arrived, and is not tried again', async () => {
    let asked = 0;
    const { root, connections } = await serving((request, response) => {
      asked += 1;
      if (asked === 1) response.end('{}');
      else request.socket.resetAndDestroy();
    });
    await textOf(root);
    expect(await failure(ask(root, post()))).toMatchObject({
      code: 'ECONNRESET',
      neverLeft: false,
    });
    expect([asked, connections()]).toEqual([2, 1]);
  });

  test.each(['127.0.0.1', 'localhost'])('to %s that nobody takes: nothing left', async (host) => {
    const failed = await failure(ask(`http://${host}:${await freePort()}`, post()));
    expect(failed).toMatchObject({ code: 'ECONNREFUSED', neverLeft: true });
  });

  test('that does not come about in time: nothing left', async () => {
    const reached = Promise.withResolvers<void>();
    // It takes the connection, and says nothing of TLS.
    const port = await listening(createRaw(() => reached.resolve()));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const failed = failure(ask(`https://127.0.0.1:${port}`, post()));
    await reached.promise;
    vi.advanceTimersByTime(10_000);
    expect(await failed).toMatchObject({ code: 'ETIMEDOUT', neverLeft: true });
  });

  test('that was made waits for its answer', async () => {
    const held = Promise.withResolvers<() => void>();
    const { root } = await serving((_, response) => held.resolve(() => response.end('late')));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const text = textOf(root);
    const answer = await held.promise;
    vi.advanceTimersByTime(60_000);
    answer();
    expect(await text).toBe('late');
  });

  test('over TLS is made with whom it trusts alone: nothing left', async (context) => {
    if (spawnSync('openssl', ['version']).status !== 0)
      return context.skip('there is no openssl here to make a certificate with');
    const { cert, key } = certificate();
    const server = createSecure({ cert, key }, (_, response) => response.end('safe'));
    const root = `https://127.0.0.1:${await listening(server)}`;
    expect(await failure(ask(root, post()))).toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      neverLeft: true,
    });
    globalAgent.options.ca = cert;
    onTestFinished(() => void delete globalAgent.options.ca);
    expect(await textOf(root)).toBe('safe');
    const other = await failure(ask(root.replace('127.0.0.1', 'localhost'), post()));
    expect(other).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID', neverLeft: true });
  });
});

function certificate(): { readonly cert: Buffer; readonly key: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'atom-certificate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', '/CN=atom', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  return { cert: readFileSync(cert), key: readFileSync(key) };
}
