import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { connectGateway } from '../../src/bridge/connect.ts';
import type { Gateway } from '../../src/bridge/gateway.ts';
import type { GatewayEvent } from '../../src/protocol/events.ts';
import { MAX_FRAME_BYTES } from '../../src/protocol/limits.ts';
import { eventFrame, type FrameServer, frameServer, HELLO, refuse, reply } from './frame-server.ts';

let server: FrameServer | undefined;
afterEach(() => server?.close());

const open = async (
  answer?: Parameters<typeof frameServer>[0],
  events = true,
): Promise<{ gateway: Gateway; server: FrameServer }> => {
  const started = await frameServer(answer);
  server = started;
  const gateway = await connectGateway({ socketPath: started.socketPath, client: 'ui', events });
  return { gateway, server: started };
};

const notice = (text: string): GatewayEvent => ({
  kind: 'log',
  line: { at: 1, level: 'info', part: 'gateway', text, fields: {} },
});

describe('a front end connects to the gateway', () => {
  it('says who it is and learns which gateway answers', async () => {
    const { gateway, server } = await open();
    expect(gateway.hello).toEqual(HELLO);
    expect(server.requests[0]).toMatchObject({
      method: 'connect',
      params: { protocol: 1, client: 'ui', events: true },
    });
  });

  it('is told how to start a gateway where none listens', async () => {
    const missing = join(tmpdir(), 'atom-no-such.sock');
    await expect(
      connectGateway({ socketPath: missing, client: 'cli', events: false }),
    ).rejects.toMatchObject({ code: 'not-running', next: ['Start it:   atom start'] });
  });

  it('takes the socket that a killed gateway left behind for no gateway', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atom-stale-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const socketPath = join(folder, 's.sock');
    const script = `require('node:net').createServer().listen(${JSON.stringify(socketPath)}, () => process.kill(process.pid, 'SIGKILL'))`;
    expect(() => execFileSync(process.execPath, ['-e', script], { stdio: 'ignore' })).toThrow();
    await expect(
      connectGateway({ socketPath, client: 'cli', events: false }),
    ).rejects.toMatchObject({
      code: 'not-running',
    });
  });

  it('takes a plain file in its place for no gateway', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atom-file-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 's.sock'), '');
    await expect(
      connectGateway({ socketPath: join(folder, 's.sock'), client: 'cli', events: false }),
    ).rejects.toMatchObject({ code: 'not-running' });
  });

  it('passes on why a gateway of another version refuses', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atom-old-'));
    const socketPath = join(folder, 's.sock');
    const error = {
      code: 'usage',
      message: 'This gateway speaks protocol 2.',
      next: ['atom restart'],
    };
    const old = createServer((socket) => socket.once('data', () => refuse(socket, '1', error)));
    await new Promise<void>((resolve) => old.listen(socketPath, resolve));
    onTestFinished(() => {
      old.close();
      rmSync(folder, { recursive: true, force: true });
    });
    await expect(
      connectGateway({ socketPath, client: 'cli', events: false }),
    ).rejects.toMatchObject(error);
  });

  it('gives up as soon as the caller does', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(
      connectGateway({ socketPath: '/nowhere', client: 'cli', events: false, signal }),
    ).rejects.toThrow('enough');
  });
});

describe('requests', () => {
  it('come back to who asked, in whatever order the gateway answers', async () => {
    const waiting: (() => void)[] = [];
    const { gateway } = await open(({ id, params }, socket) => {
      waiting.push(() => reply(socket, id, { approvals: [params] }));
      if (waiting.length === 2) for (const answer of waiting.reverse()) answer();
    });
    const [first, second] = await Promise.all([
      gateway.request('approvals.list', { all: true }),
      gateway.request('approvals.list', { all: false }),
    ]);
    expect(first.approvals).toEqual([{ all: true }]);
    expect(second.approvals).toEqual([{ all: false }]);
  });

  it('fail with the code, the words and the next steps of the gateway', async () => {
    const error = { code: 'blocked', message: 'No jail.', next: ['apt install bubblewrap'] };
    const { gateway } = await open(({ id }, socket) => refuse(socket, id, error));
    await expect(gateway.request('status', {})).rejects.toMatchObject(error);
  });

  it('fail as "failed" where the gateway has a code that this version does not know', async () => {
    const { gateway } = await open(({ id }, socket) =>
      refuse(socket, id, { code: 'new-thing', message: 'Odd.', next: [] }),
    );
    await expect(gateway.request('status', {})).rejects.toMatchObject({ code: 'failed' });
  });

  it('do not wait for ever', async () => {
    const { gateway } = await open();
    await expect(gateway.request('status', {}, { timeoutMs: 30 })).rejects.toThrow(
      'did not answer status',
    );
  });

  it('end with the signal of the caller, and a late answer harms nobody', async () => {
    let late: (() => void) | undefined;
    const { gateway } = await open(({ id, method }, socket) => {
      if (method === 'status') late = () => reply(socket, id, {});
      else reply(socket, id, { stopped: true });
    });
    const giveUp = new AbortController();
    const asked = gateway.request('status', {}, { signal: giveUp.signal });
    await gateway.request('chat.stop', { session: 's' });
    giveUp.abort(new Error('changed my mind'));
    await expect(asked).rejects.toThrow('changed my mind');
    late?.();
    expect(await gateway.request('chat.stop', { session: 's' })).toEqual({ stopped: true });
  });

  it('fail at once when the gateway goes away, and afterwards', async () => {
    const { gateway, server } = await open((_request, socket) => socket.destroy());
    await expect(gateway.request('status', {})).rejects.toMatchObject({ code: 'not-running' });
    expect(await gateway.closed).toMatchObject({ by: 'gateway' });
    await expect(gateway.request('status', {})).rejects.toMatchObject({ code: 'not-running' });
    expect(server.requests).toHaveLength(2);
  });

  it('that are too long for a frame are refused before they are sent', async () => {
    const { gateway, server } = await open();
    const text = 'x'.repeat(MAX_FRAME_BYTES);
    await expect(gateway.request('chat.send', { text, key: 'k' })).rejects.toMatchObject({
      code: 'usage',
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('events', () => {
  it('arrive in order, also those that came before anybody listened', async () => {
    const { gateway, server } = await open(({ id }, socket) =>
      reply(socket, id, { stopped: false }),
    );
    server.send(eventFrame(1, notice('early')) + eventFrame(2, notice('earlier than the answer')));
    await gateway.request('chat.stop', { session: 's' });
    const seen: GatewayEvent[] = [];
    const stop = gateway.on((event) => seen.push(event));
    server.send(eventFrame(3, notice('late')));
    await expect.poll(() => seen).toEqual(['early', 'earlier than the answer', 'late'].map(notice));
    stop();
    server.send(eventFrame(4, notice('unheard')));
    await gateway.request('chat.stop', { session: 's' });
    expect(seen).toHaveLength(3);
  });

  it('arrive whole where the bytes of a letter come in two pieces', async () => {
    const started = await frameServer();
    server = started;
    const gateway = await connectGateway({
      socketPath: started.socketPath,
      client: 'ui',
      events: true,
    });
    const seen: GatewayEvent[] = [];
    gateway.on((event) => seen.push(event));
    const bytes = Buffer.from(eventFrame(1, notice('€')));
    const cut = bytes.indexOf(0xe2) + 1;
    started.send(bytes.subarray(0, cut));
    await gateway.request('status', {}, { timeoutMs: 20 }).catch(() => undefined);
    started.send(bytes.subarray(cut));
    await expect.poll(() => seen).toEqual([notice('€')]);
  });
});

describe('the connection ends', () => {
  it('by us, where we close it', async () => {
    const { gateway } = await open();
    gateway.close();
    expect(await gateway.closed).toMatchObject({ by: 'us' });
  });

  it('by the gateway, where it hangs up', async () => {
    const { gateway, server } = await open();
    server.hangUp();
    expect(await gateway.closed).toMatchObject({ by: 'gateway' });
  });

  it.each([
    ['words', 'hello there\n'],
    ['JSON that is no frame', '{"type":"res","id":1}\n'],
    ['an event without a kind', '{"type":"event","seq":1,"event":{}}\n'],
    ['an error without words', '{"type":"res","id":"1","ok":false,"error":{}}\n'],
    ['a line without end', 'x'.repeat(MAX_FRAME_BYTES + 1)],
  ])('with a fault, where the gateway sends %s', async (_what, text) => {
    const { gateway, server } = await open();
    server.send(text);
    expect(await gateway.closed).toMatchObject({ by: 'fault' });
  });
});

describe('cold start', () => {
  it('connecting loads no zod', () => {
    const script = `
      await import(${JSON.stringify(new URL('../../src/bridge/connect.ts', import.meta.url).href)});`;
    const trace = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--import',
        `data:text/javascript,${encodeURIComponent(RECORD)}`,
        '-e',
        script,
      ],
      { encoding: 'utf8' },
    );
    expect(trace).toContain('bridge/connect.ts');
    expect(trace).not.toContain('node_modules');
  });
});

/** Prints every file that is loaded. */
const RECORD = `
  import { registerHooks } from 'node:module';
  registerHooks({ load(url, context, next) { console.log(url); return next(url, context); } });`;
