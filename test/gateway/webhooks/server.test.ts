import { connect, createServer } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AtomError } from '../../../src/base/errors.ts';
import type { Hook } from '../../../src/domain/hook.ts';
import { ask_, recorder, setWebhooks } from './stage.ts';

describe('the port for webhooks', () => {
  test('is open only while a channel takes any', async () => {
    const { hook } = recorder();
    const { port, status, all, lines } = await setWebhooks();
    expect(status).toEqual({ state: 'off' });
    all.set('slack', hook);
    expect(await port.settle()).toMatchObject({ state: 'listening' });
    expect(lines.join()).toContain('for webhooks {"of":["slack"]}');
    all.clear();
    expect(await port.settle()).toEqual({ state: 'off' });
  });

  test('that is taken is told of with whose it is and what to change, and taken once it is free', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port: number } = taken.address() as { port: number };
    const { hook } = recorder();
    const { port, status } = await setWebhooks({ webhooks: { port: number }, hooks: { hook } });
    expect(status).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining(`Port ${number} of 127.0.0.1 is taken`),
      next: [
        expect.stringContaining('atom config set webhooks.port'),
        expect.stringContaining('PORT'),
        expect.anything(),
      ],
    });
    if (process.platform === 'linux')
      expect(JSON.stringify(status)).toContain(`pid ${process.pid}`);
    await new Promise((resolve) => taken.close(resolve));
    expect(await port.settle()).toMatchObject({ state: 'listening' });
  });

  test('finishes what it is at when it closes, and takes no more', async () => {
    const held = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const hook: Hook = async () => {
      began.resolve();
      await held.promise;
      return { status: 200 };
    };
    const { port, number, ask } = await setWebhooks({ hooks: { slow: hook } });
    const answer = ask('/hooks/slow');
    await began.promise;
    const closed = port.close();
    await expect(ask_(number, '/hooks/slow', {})).rejects.toThrow('ECONNREFUSED');
    held.resolve();
    expect((await answer).status).toBe(200);
    await closed;
  });
});

describe('a hook', () => {
  test('is handed the bytes as they came, and its headers by their names', async () => {
    const { asked, hook } = recorder({ status: 200, headers: { 'x-a': 'b' }, body: '<Response/>' });
    const { ask, answered, number } = await setWebhooks({ hooks: { sms: hook } });
    const body = Buffer.from([0xff, 0, 0x0d, 0x0a, 0xc3, 0x28]);
    const headers = { 'X-Thing': ['one', 'two'], 'Content-Type': 'application/json' };
    const reply = await ask('/hooks/sms?a=1&b=%20', { body, headers });
    expect(reply).toMatchObject({ status: 200, body: '<Response/>', headers: { 'x-a': 'b' } });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: 'POST',
      url: `http://127.0.0.1:${number}/hooks/sms?a=1&b=%20`,
      headers: { 'x-thing': 'one, two', 'content-type': 'application/json' },
    });
    expect(Buffer.from(asked[0]?.body ?? [])).toEqual(body);
    expect(answered).toEqual([['sms', 'taken']]);
  });

  test('is waited for, and only then the platform is told', async () => {
    const kept = Promise.withResolvers<void>();
    const order: string[] = [];
    const hook: Hook = async () => {
      await kept.promise;
      order.push('kept');
      return { status: 200 };
    };
    const { ask } = await setWebhooks({ hooks: { slack: hook } });
    const reply = ask('/hooks/slack').then(() => order.push('told'));
    kept.resolve();
    await reply;
    expect(order).toEqual(['kept', 'told']);
  });

  test('is asked again where it could not: 503 where there is no room, 500 for the rest', async () => {
    const throwing =
      (error: Error): Hook =>
      () =>
        Promise.reject(error);
    const { ask, lines, answered } = await setWebhooks({
      hooks: {
        full: throwing(new AtomError('unavailable', 'no room')),
        broken: throwing(new Error('disk, key xoxb-123456789012-abcdefghij')),
      },
    });
    expect(await ask('/hooks/full')).toMatchObject({ status: 503, body: '' });
    expect(await ask('/hooks/broken')).toMatchObject({ status: 500, body: '' });
    expect(answered).toEqual([
      ['full', 'failed'],
      ['broken', 'failed'],
    ]);
    expect(lines.join()).toContain('refused a request to broken: disk');
    expect(lines.join()).not.toContain('xoxb-123456789012');
  });
});

describe('a stranger', () => {
  const { asked, hook } = recorder();
  const refusing = recorder({ status: 401, body: 'no', reason: 'the signature does not match' });
  const getting = recorder({ status: 200, body: 'challenge' }, true);
  const hooks = { post: hook, refusing: refusing.hook, getting: getting.hook };

  test('cannot tell a hook that refuses from a path where there is none', async () => {
    const { ask, lines } = await setWebhooks({ hooks });
    const tries: [string, string][] = [
      ...['/hooks/refusing', '/', '/hooks/', '/hooks', '/hooks/none', '/hooks/post/x'].map(
        (path): [string, string] => ['POST', path],
      ),
      ...['/HOOKS/post', '//hooks/post', '/hooks/p%6fst', '/hooks/__proto__', '/metrics'].map(
        (path): [string, string] => ['POST', path],
      ),
      ['GET', '/hooks/post'],
      ['HEAD', '/hooks/post'],
      ...['PUT', 'DELETE', 'OPTIONS', 'PATCH'].map((method): [string, string] => [
        method,
        '/hooks/post',
      ]),
      ['PUT', '/hooks/getting'],
    ];
    const seen = new Set<string>();
    for (const [method, path] of tries) {
      const { status, body, headers } = await ask(path, {
        method,
        body: /^P/.test(method) ? 'secret-body' : '',
      });
      seen.add(JSON.stringify({ status, body, headers }));
    }
    expect([...seen]).toEqual([
      JSON.stringify({
        status: 404,
        body: '',
        headers: { 'content-length': '0', connection: 'close' },
      }),
    ]);
    expect(asked).toEqual([]);
    expect(lines.join('\n')).toContain(
      'refused a request to refusing: the signature does not match',
    );
    expect(lines.join('\n')).not.toContain('secret-body');
  });

  test('is told of in the log once, and again only as a number', async () => {
    const { ask, lines, port } = await setWebhooks({ hooks });
    for (let i = 0; i < 5; i++) await ask('/hooks/refusing');
    const told = (): string[] => lines.filter((line) => line.includes('refused a request'));
    expect(told()).toHaveLength(1);
    await port.close();
    expect(told()[1]).toContain('4 times more');
  });

  test('asks by GET and HEAD only where a hook takes that', async () => {
    const { ask } = await setWebhooks({ hooks });
    const get = await ask('/hooks/getting?hub.challenge=1', { method: 'GET' });
    expect(get).toMatchObject({ status: 200, body: 'challenge' });
    expect(await ask('/hooks/getting', { method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
    });
    expect(getting.asked.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });
});

describe('limits', () => {
  test('a megabyte is taken, and not a byte more, whether its length was said or not', async () => {
    const { asked, hook } = recorder();
    const { ask, number } = await setWebhooks({ hooks: { slack: hook } });
    const most = Buffer.alloc(1024 * 1024, 'a');
    expect((await ask('/hooks/slack', { body: most })).status).toBe(200);
    expect(asked[0]?.body).toHaveLength(most.length);
    const said = await raw(number, [
      'POST /hooks/slack HTTP/1.1',
      ...['Host: a', `Content-Length: ${most.length + 1}`, '', 'a'],
    ]);
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    const unsaid = await raw(number, [
      ...['POST /hooks/slack HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked', ''],
      ...[(most.length + 1).toString(16), `${most}a`, '0', '', ''],
    ]);
    expect(unsaid).toMatch(/^HTTP\/1\.1 413 /);
    expect(asked).toHaveLength(1);
  });

  test('headers beyond 8 kB, and what is no HTTP, get no answer from a hook', async () => {
    const { asked, hook } = recorder();
    const { number } = await setWebhooks({ hooks: { slack: hook } });
    const long = await raw(number, [
      ...['POST /hooks/slack HTTP/1.1', 'Host: a', `X-A: ${'a'.repeat(9000)}`, '', ''],
    ]);
    expect(long).toBe('');
    expect(await raw(number, ['\u0016\u0003\u0001', ''])).toBe('');
    expect(asked).toEqual([]);
  });

  test('of a source: so many requests a minute, and few that are refused', async () => {
    let at = 0;
    const clock = { now: () => at, monotonic: () => at };
    const { hook } = recorder();
    const bad = recorder({ status: 401 });
    const webhooks = { trustedProxy: ['127.0.0.1'] };
    const { ask } = await setWebhooks({ hooks: { good: hook, bad: bad.hook }, webhooks, clock });
    const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });
    for (let i = 0; i < 60; i++)
      expect((await ask('/hooks/bad', from('9.9.9.9'))).status).toBe(404);
    expect((await ask('/hooks/good', from('9.9.9.9'))).status).toBe(429);
    expect((await ask('/hooks/good', from('1.1.1.1, 9.9.9.9'))).status).toBe(429);
    expect((await ask('/hooks/good', from('9.9.9.10'))).status).toBe(200);
    at += 60_000;
    expect((await ask('/hooks/good', from('9.9.9.9'))).status).toBe(200);
  });

  test('a source gets few bytes held, so that its slow requests leave room for others', async () => {
    const { hook } = recorder();
    const webhooks = { trustedProxy: ['127.0.0.1'] };
    const { number, ask } = await setWebhooks({ hooks: { slack: hook }, webhooks });
    const most = 1024 * 1024;
    const head = (from: string) =>
      `POST /hooks/slack HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${from}\r\nContent-Length: ${most}\r\n\r\n`;
    const hold = () => {
      const slow = connect(number, '127.0.0.1');
      onTestFinished(() => void slow.destroy());
      slow.write(`${head('9.9.9.9')}${'x'.repeat(most - 1)}`);
    };
    const big = (from: string) =>
      ask('/hooks/slack', { body: 'x'.repeat(most / 2), headers: { 'X-Forwarded-For': from } });
    // Where a slow one and a big one come at the same time, either may be the one that is too much.
    const tryOne = async () => {
      hold();
      return (await big('9.9.9.9')).status;
    };
    await expect.poll(tryOne).toBe(503);
    expect((await big('9.9.9.10')).status).toBe(200);
  });

  test('a request that breaks off is nobody’s', async () => {
    const { asked, hook } = recorder();
    const { number, ask } = await setWebhooks({ hooks: { slack: hook } });
    const socket = connect(number, '127.0.0.1');
    socket.write('POST /hooks/slack HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf');
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    expect((await ask('/hooks/slack', { body: 'whole' })).status).toBe(200);
    expect(asked.map(({ body }) => String(body))).toEqual(['whole']);
  });

  test('a hook that does not come to an end is not waited for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const began = vi.fn();
    const hook: Hook = () => {
      began();
      return new Promise(() => undefined);
    };
    const { ask } = await setWebhooks({ hooks: { slack: hook } });
    const reply = ask('/hooks/slack');
    while (began.mock.calls.length === 0) await new Promise(setImmediate);
    vi.advanceTimersByTime(10_000);
    expect((await reply).status).toBe(500);
    vi.useRealTimers();
  });
});

/** Everything that is answered to these lines, until the other end closes. */
function raw(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(lines.join('\r\n')));
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}
