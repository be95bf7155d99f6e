import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Hub } from '../../../src/gateway/hub.ts';
import { until } from '../../flows/stage/until.ts';
import { setNetwork } from './stage.ts';

const status = async () => ({ fine: true }) as never;

describe('a client that is known', () => {
  test.each([
    ['no JSON', 'hello'],
    ['no frame', '{"type":"req"}'],
    ['a frame with more in it', '{"type":"req","id":"1","method":"status","admin":true}'],
    ['an answer', '{"type":"res","id":"1","ok":true,"payload":1}'],
    ['JSON that is too deep', '['.repeat(100_000)],
  ])('and sends %s is let go', async (_, text) => {
    const { client, program } = await setNetwork();
    const one = client();
    await one.token(program('p1'));
    one.send(text);
    expect((await one.closed).code).toBe(4000);
  });

  test('and sends bytes is let go', async () => {
    const { client, program } = await setNetwork();
    const one = client();
    await one.token(program('p1'));
    one.ws.send(Buffer.from('{}'));
    expect((await one.closed).code).toBe(4000);
  });

  test('may send a message of nearly a megabyte, and not more', async () => {
    const lengths: number[] = [];
    const { client, program } = await setNetwork({
      methods: {
        'chat.send': async ({ text }) => {
          lengths.push(text.length);
          return { event: 'e', session: 's', duplicate: false };
        },
      },
    });
    const one = client();
    await one.token(program('p1'));
    one.req('1', 'chat.send', { text: 'x'.repeat(1_000_000), key: 'k' });
    expect((await one.answer('1')).ok).toBe(true);
    one.req('2', 'chat.send', { text: 'x'.repeat(1_100_000), key: 'l' });
    expect((await one.closed).code).toBe(1009);
    expect(lengths).toEqual([1_000_000]);
  });

  test('is told when it asks for too much at once, and when to ask again', async () => {
    const gate = Promise.withResolvers<void>();
    const { client, program } = await setNetwork({
      methods: { status: () => gate.promise.then(status) },
      // Time stands still: nothing is given back.
      clock: { now: () => 0, monotonic: () => 0 },
    });
    const one = client();
    await one.token(program('p1'));
    for (let i = 0; i < 70; i++) one.req(`${i}`, 'status');
    expect((await one.answer('69')).error).toMatchObject({ code: 'failed', retryMs: 100 });
    gate.resolve();
    expect((await one.answer('0')).ok).toBe(true);
    for (let i = 100; i < 300; i += 50) {
      for (let j = i; j < i + 50; j++) one.req(`${j}`, 'status');
      await one.answer(`${i + 49}`);
    }
    expect((await one.answer('299')).error).toMatchObject({ retryMs: 20 });
    // The greeting is not counted.
    expect(one.frames.filter(({ id, ok }) => ok && id !== 'hello')).toHaveLength(200);
  });

  test('may repeat a request under its key, and it is done once', async () => {
    const done: string[] = [];
    const gate = Promise.withResolvers<void>();
    const { client, program } = await setNetwork({
      methods: {
        'chat.stop': async ({ session }) => {
          done.push(session);
          await gate.promise;
          return { stopped: true };
        },
      },
    });
    const [one, other, stranger] = [client(), client(), client()];
    const token = program('p1');
    await one.token(token);
    await other.token(token);
    await stranger.token(program('p2'));
    one.req('1', 'chat.stop', { session: 's' }, 'k');
    await until('it runs', () => done.length === 1);
    other.req('2', 'chat.stop', { session: 's' }, 'k');
    other.req('3', 'chat.stop', { session: 'another' }, 'k');
    expect((await other.answer('3')).error?.code).toBe('usage');
    gate.resolve();
    expect((await one.answer('1')).payload).toEqual({ stopped: true });
    expect((await other.answer('2')).payload).toEqual({ stopped: true });
    stranger.req('4', 'chat.stop', { session: 's' }, 'k');
    await stranger.answer('4');
    expect(done).toEqual(['s', 's']);
  });
});

describe('a client that is not known yet', () => {
  test('may send no more than a greeting needs', async () => {
    const { client } = await setNetwork();
    const one = client();
    await one.challenge();
    one.send('x'.repeat(20_000));
    expect((await one.closed).code).toBe(1006);
  });

  test('is one of sixteen from one place, and leaves room for those who are known', async () => {
    const { client, program } = await setNetwork();
    const known = Array.from({ length: 5 }, () => client());
    const token = program('p1');
    for (const one of known) await one.token(token);
    const idle = Array.from({ length: 16 }, () => client());
    for (const one of idle) await one.challenge();
    expect((await client().closed).status).toBe(503);
    idle[0]?.ws.terminate();
    await until('there is room again', async () => {
      const next = client();
      const taken = await Promise.race([
        next.opened.then(() => true),
        next.closed.then(() => false),
      ]);
      return taken;
    });
  });

  test('that speaks no HTTP is let go', async () => {
    const { url } = await setNetwork();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('\x16\x03\x01nonsense\r\n\r\n');
    await until('it is closed', () => socket.closed || (socket.resume() && socket.destroyed));
  });
});

describe('events', () => {
  const say = (hub: Hub, text: string): void => hub.emit({ kind: 'stopping', running: [text] });

  test('that a client may not see are left out', async () => {
    const { client, program, hub } = await setNetwork();
    const [full, less] = [client(), client()];
    await full.token(program('p1'));
    await less.token(program('p2', ['read']));
    const line = { at: 1, level: 'info', part: 'p', text: 'secretive', fields: {} } as const;
    hub.emit({ kind: 'log', line });
    say(hub, 'x');
    await until('all came', () => full.events().length === 2 && less.events().length === 1);
    expect(less.events()[0]).toMatchObject({ seq: 2, event: { kind: 'stopping' } });
  });

  test('are told again from where one was', async () => {
    const { client, program, hub } = await setNetwork();
    for (let i = 1; i <= 5; i++) say(hub, `${i}`);
    const one = client();
    const hello = await one.token(program('p1'), { since: { boot: hub.boot, seq: 2 } });
    expect(hello.payload).toMatchObject({ seq: 5, gap: false });
    say(hub, '6');
    await until('all came', () => one.events().length === 4);
    expect(one.events().map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
  });

  test.each([
    ['another run', { boot: 'another', seq: 2 }],
    ['what has not happened yet', { seq: 99 }],
  ])('of %s are a gap', async (_, since) => {
    const { client, program, hub } = await setNetwork();
    for (let i = 1; i <= 5; i++) say(hub, `${i}`);
    const one = client();
    const hello = await one.token(program('p1'), { since: { boot: hub.boot, ...since } });
    expect(hello.payload).toMatchObject({ seq: 5, gap: true });
    say(hub, '6');
    await until('it came', () => one.events().length === 1);
    expect(one.events()[0]?.seq).toBe(6);
  });

  test('that are not kept any more are a gap, and the rest is told', async () => {
    const { client, program, hub } = await setNetwork();
    for (let i = 1; i <= 10_050; i++) say(hub, `${i}`);
    const one = client();
    const hello = await one.token(program('p1'), { since: { boot: hub.boot, seq: 10 } });
    expect(hello.payload).toMatchObject({ seq: 10_050, gap: true });
    await until('all came', () => one.events().length === 10_000);
    expect(one.events().map(({ seq }) => seq)).toEqual(
      Array.from({ length: 10_000 }, (_, i) => i + 51),
    );
  });

  test('are not lost and not doubled, however often the line is cut', async () => {
    const { client, program, hub } = await setNetwork();
    const token = program('p1');
    const got: number[] = [];
    // A small generator of its own, so that each run cuts in the same places.
    let seed = 42;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const total = 3000;
    let said = 0;
    const speak = (): void => {
      for (let i = random(12); i > 0 && said < total; i--)
        say(hub, 'x'.repeat(random(3000)) + said++);
    };
    while (got.length < total) {
      const one = client();
      speak();
      const since = { boot: hub.boot, seq: got.at(-1) ?? 0 };
      const greeted = one.token(token, { since });
      speak();
      expect((await greeted).payload).toMatchObject({ gap: false });
      for (let i = random(40); i > 0; i--) {
        speak();
        await new Promise(setImmediate);
      }
      one.ws.terminate();
      await one.closed;
      got.push(...one.events().map(({ seq }) => seq ?? Number.NaN));
    }
    expect(got).toEqual(Array.from({ length: total }, (_, i) => i + 1));
  });

  test('that are read too slowly end the connection with words, and the rest is fetched again', async () => {
    const { client, program, hub } = await setNetwork();
    const token = program('p1');
    const slow = client();
    await slow.token(token);
    slow.ws.pause();
    for (let i = 0; i < 60; i++) {
      say(hub, 'x'.repeat(500_000));
      await new Promise(setImmediate);
    }
    slow.ws.resume();
    const end = await slow.closed;
    expect(end).toMatchObject({ code: 4008, reason: expect.stringContaining('slow') });
    expect(slow.events().length).toBeLessThan(60);
    const again = client();
    const since = { boot: hub.boot, seq: slow.events().at(-1)?.seq ?? 0 };
    expect((await again.token(token, { since })).payload).toMatchObject({ gap: true });
    await until('the newest came', () => again.events().at(-1)?.seq === 60);
  });
});
