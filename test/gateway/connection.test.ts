import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createUsers } from '../../src/assembly/users.ts';
import { systemClock } from '../../src/base/clock.ts';
import { AtomError } from '../../src/base/errors.ts';
import { createLog } from '../../src/base/log.ts';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { createHub } from '../../src/gateway/hub.ts';
import { createKernel, type Methods } from '../../src/gateway/kernel.ts';
import { knownBy } from '../../src/gateway/known-caller.ts';
import { createRepeats } from '../../src/gateway/repeats.ts';
import { serveOn } from '../../src/gateway/socket/serve.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { MAX_FRAME_BYTES } from '../../src/protocol/limits.ts';
import { until } from '../flows/stage/until.ts';
import { freshFolder } from '../store/fresh.ts';
import { connectTo } from './line-client.ts';

const hello = {
  protocol: 1,
  profile: 'p',
  version: '0',
  pid: 1,
  startedAt: 1,
  boot: 'b',
  seq: 0,
  gap: false,
  scopes: LOCAL_OWNER.scopes,
};

/** A gateway's socket with scripted methods behind it. */
async function setSocket(methods: Partial<Methods> = {}) {
  const path = join(freshFolder(), 's');
  const hub = createHub();
  const lines: string[] = [];
  const called: string[] = [];
  const kernel = createKernel(
    {
      connect: async () => hello,
      'log.recent': async ({ limit }) => {
        called.push(`log.recent ${limit}`);
        return { lines: [] };
      },
      ...methods,
    } as Methods,
    knownBy(createUsers({ users: [], waiting: [] })),
  );
  const log = createLog(({ text }) => lines.push(text));
  const repeats = createRepeats(systemClock);
  const metrics = createMetrics(systemClock);
  const listening = await serveOn(path, { kernel, hub, log, repeats, metrics });
  onTestFinished(() => listening.close());
  return { path, hub, lines, called, metrics, client: () => connectTo(path) };
}

describe('a client of the gateway', () => {
  it('must greet first', async () => {
    const { client, called } = await setSocket();
    const { write, req, answer, hello: greet } = await client();
    write(req('1', 'log.recent'));
    expect((await answer('1')).error?.message).toContain('connect');
    write(greet());
    expect((await answer('hello')).payload).toEqual(hello);
    write(req('2', 'log.recent'));
    expect((await answer('2')).ok).toBe(true);
    expect(called).toEqual(['log.recent 200']);
  });

  it('is counted by its kind: let in, gone on, refused, gone, and what it asked for', async () => {
    const { client, metrics } = await setSocket();
    const { write, req, answer, hello: greet, socket } = await client();
    write(greet({ protocol: 2 }));
    await answer('hello');
    write(greet({ client: 'bridge', since: { boot: 'b', seq: 0 } }).replace('"hello"', '"h2"'));
    await answer('h2');
    write(req('1', 'log.recent') + req('2', 'no.such'));
    await answer('2');
    const bridge = () => metrics.read().clients.find((one) => one.client === 'bridge');
    expect(bridge()).toMatchObject({ opened: 1, resumed: 1, closed: 0, answered: 1, failed: 1 });
    socket.destroy();
    await until('it is gone', () => bridge()?.closed === 1);
    expect(metrics.read().clients).toContainEqual(
      expect.objectContaining({ client: 'unknown', refused: 1, opened: 0 }),
    );
  });

  it('of another version is told so and gets nothing else', async () => {
    const { client, called } = await setSocket();
    const { write, req, answer, hello: greet } = await client();
    write(greet({ protocol: 2 }) + req('2', 'log.recent'));
    expect((await answer('hello')).error?.message).toContain('protocol 1, not 2');
    expect((await answer('2')).ok).toBe(false);
    expect(called).toEqual([]);
  });

  it('that greets wrongly has not greeted', async () => {
    const { client } = await setSocket();
    const { write, req, answer } = await client();
    write(req('1', 'connect', { protocol: 1 }) + req('2', 'log.recent'));
    expect((await answer('1')).error?.code).toBe('usage');
    expect((await answer('2')).error?.message).toContain('connect');
  });

  it('may send many frames in one breath, and each gets its own answer', async () => {
    const { client } = await setSocket();
    const { write, req, answer, hello: greet } = await client();
    const many = Array.from({ length: 50 }, (_, i) => req(`${i}`, 'log.recent', { limit: i + 1 }));
    write(greet() + many.join(''));
    for (let i = 0; i < 50; i++) expect((await answer(`${i}`)).ok).toBe(true);
  });

  it('may send a frame in as many pieces as it likes', async () => {
    const { client } = await setSocket();
    const { socket, req, answer, hello: greet } = await client();
    socket.setNoDelay(true);
    for (const byte of Buffer.from(greet() + req('é', 'log.recent'))) {
      socket.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    expect((await answer('é')).ok).toBe(true);
  });

  it('is told which method or which word of it was wrong', async () => {
    const { client } = await setSocket();
    const { write, req, answer, hello: greet } = await client();
    write(greet());
    write(req('1', 'nonsense') + req('2', 'constructor') + req('3', 'log.recent', { limit: 0 }));
    expect((await answer('1')).error?.message).toContain('"nonsense"');
    expect((await answer('2')).error?.message).toContain('"constructor"');
    expect((await answer('3')).error?.message).toMatch(
      /^log\.recent cannot be done like that: "limit" has to be/,
    );
  });

  it('is told in words what went wrong inside', async () => {
    const { client } = await setSocket({
      'log.recent': async () => {
        throw new AtomError('not-found', 'There is none.', { next: ['make one'] });
      },
      status: async () => {
        throw new Error('boom');
      },
    });
    const { write, req, answer, hello: greet } = await client();
    write(greet() + req('1', 'log.recent') + req('2', 'status'));
    const error = { code: 'not-found', message: 'There is none.', next: ['make one'] };
    expect((await answer('1')).error).toEqual(error);
    expect((await answer('2')).error).toMatchObject({ code: 'failed', message: 'boom' });
  });

  it.each([
    ['no JSON', 'hello\n'],
    ['no frame', '{"type":"req"}\n'],
    ['a frame with more in it', '{"type":"req","id":"1","method":"status","admin":true}\n'],
    ['an answer', '{"type":"res","id":"1","ok":true,"payload":1}\n'],
  ])('that sends %s is let go, and nothing after it is done', async (_, text) => {
    const { client, called } = await setSocket();
    const one = await client();
    one.write(one.hello());
    await one.answer('hello');
    one.write(text + one.req('2', 'log.recent'));
    await one.closed();
    expect(called).toEqual([]);
    const other = await client();
    other.write(other.hello());
    expect((await other.answer('hello')).ok).toBe(true);
  });

  it('that sends more than a frame may hold is let go', async () => {
    const { client } = await setSocket();
    const one = await client();
    one.write(one.hello());
    await one.answer('hello');
    one.write('x'.repeat(MAX_FRAME_BYTES + 100_000));
    await one.closed();
  });

  it('is told that an answer is too large rather than sent what it cannot take', async () => {
    const text = 'x'.repeat(MAX_FRAME_BYTES);
    const line = { at: 1, level: 'info', part: 'p', text, fields: {} } as const;
    const { client } = await setSocket({ 'log.recent': async () => ({ lines: [line] }) });
    const { write, req, answer, hello: greet } = await client();
    write(greet() + req('1', 'log.recent'));
    expect((await answer('1')).error?.message).toContain('too large');
  });

  it('hears events in order if it wants to, and none if it does not', async () => {
    const { client, hub } = await setSocket();
    const [keen, quiet] = [await client(), await client()];
    keen.write(keen.hello({ events: true }));
    quiet.write(quiet.hello());
    await Promise.all([keen.answer('hello'), quiet.answer('hello')]);
    for (let i = 0; i < 100; i++) hub.emit({ kind: 'stopping', running: [`${i}`] });
    await until('all came', () => keen.frames.length === 101);
    const seen = keen.frames.slice(1).map(({ seq }) => seq);
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(quiet.frames).toHaveLength(1);
  });

  it('that reads too slowly is let go, and the others hear on', async () => {
    const { client, hub } = await setSocket();
    const [slow, quick] = [await client(), await client()];
    for (const one of [slow, quick]) one.write(one.hello({ events: true }));
    await Promise.all([slow.answer('hello'), quick.answer('hello')]);
    slow.socket.pause();
    const running = ['x'.repeat(500_000)];
    for (let i = 1; i <= 40; i++) {
      hub.emit({ kind: 'stopping', running });
      await until('the quick one has it', () => quick.frames.length === i + 1);
    }
    slow.socket.resume();
    await slow.closed();
    expect(slow.frames.length).toBeLessThan(40);
    expect(quick.isClosed()).toBe(false);
  });

  it('that went away before its greeting was answered is not listened for any more', async () => {
    const gate = Promise.withResolvers<typeof hello>();
    const { client, hub } = await setSocket({ connect: () => gate.promise });
    const watched = { now: 0 };
    const watch = hub.watch;
    Object.assign(hub, {
      watch: (watcher: Parameters<typeof watch>[0]) => {
        watched.now += 1;
        return watch(watcher);
      },
    });
    const gone = await client();
    gone.write(gone.hello({ events: true }));
    // Closed once the gateway has closed its side, too.
    gone.socket.end();
    const other = await client();
    other.write(other.hello({ events: true }));
    await gone.closed();
    gate.resolve(hello);
    await other.answer('hello');
    expect(watched.now).toBe(1);
  });
});

describe('the memory of what was logged', () => {
  it('keeps the newest thousand lines', () => {
    const hub = createHub();
    for (let i = 0; i < 1500; i++) {
      const line = { at: i, level: 'info', part: 'p', text: `${i}`, fields: {} } as const;
      hub.emit({ kind: 'log', line });
    }
    expect(hub.recentLog(2000)).toHaveLength(1000);
    expect(hub.recentLog(2).map(({ text }) => text)).toEqual(['1498', '1499']);
  });
});
