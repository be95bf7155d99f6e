import { describe, expect, test } from 'vitest';
import { newIdentity } from '../../../src/base/ed25519.ts';
import { clientProof } from '../../../src/protocol/handshake.ts';
import { until } from '../../flows/stage/until.ts';
import { nonce, setNetwork } from './stage.ts';

const status = async () => ({ fine: true }) as never;

describe('a device', () => {
  test('proves its key, and the gateway proves its own', async () => {
    const { client, device, seen, network } = await setNetwork({ methods: { status } });
    const one = client();
    const { hello, proved } = await one.device(device('d1'));
    expect(hello).toMatchObject({ ok: true, payload: { protocol: 1, gap: false } });
    expect(proved).toBe(true);
    one.req('1', 'status');
    expect((await one.answer('1')).payload).toEqual({ fine: true });
    expect(seen).toEqual(['d1']);
    expect(network.connectionsOf('d1')).toBe(1);
  });

  test('gets the scopes that it asks for, and no more', async () => {
    const { client, device } = await setNetwork({ methods: { status } });
    const one = client();
    const { hello } = await one.device(device('d1', newIdentity(), ['read', 'chat']), {
      scopes: ['chat', 'operate'],
    });
    expect(hello.payload).toMatchObject({ scopes: ['chat'] });
    one.req('1', 'status');
    expect((await one.answer('1')).error?.code).toBe('blocked');
  });

  test('never reaches what only this machine may do', async () => {
    const { client, device } = await setNetwork();
    const one = client();
    await one.device(device('d1'));
    for (const method of ['stop', 'jails.reload', 'factor.disable', 'record.rotate', 'nonsense'])
      one.req(method, method, {});
    for (const method of ['stop', 'jails.reload', 'factor.disable', 'record.rotate'])
      expect((await one.answer(method)).error?.code).toBe('blocked');
    expect((await one.answer('nonsense')).error?.code).toBe('usage');
  });

  test('cannot use on one connection what was signed for another', async () => {
    const { client, device } = await setNetwork();
    const [first, second] = [client(), client()];
    const key = device('d1');
    const [{ challenge, gateway }] = [await first.challenge(), await second.challenge()];
    const handshake = { challenge, gateway, nonce: nonce(), client: key.identity.publicKey };
    const signature = key.identity.sign(clientProof(handshake));
    second.greet({ kind: 'device', device: 'd1', key: key.key, nonce: handshake.nonce, signature });
    expect((await second.answer('hello')).error?.code).toBe('credentials');
    expect((await second.closed).code).toBe(4003);
  });

  test('is closed at once when it is revoked, and the others are not', async () => {
    const { client, device, program, revoke, network } = await setNetwork();
    const [mine, other] = [client(), client()];
    const key = device('d1');
    await mine.device(key);
    await other.token(program('p1'));
    revoke('d1');
    expect(await mine.closed).toMatchObject({ code: 4001 });
    await until('nothing is left of it', () => network.connectionsOf('d1') === 0);
    const again = client();
    expect((await again.device(key)).hello.error?.code).toBe('credentials');
    expect(other.ws.readyState).toBe(other.ws.OPEN);
  });

  test('that is revoked while its key is looked at is not let in', async () => {
    const { client, device, credentials, revoke } = await setNetwork();
    const { open } = credentials;
    credentials.open = async (...given) => {
      const opened = await open(...given);
      revoke('d1');
      return opened;
    };
    const one = client();
    expect((await one.device(device('d1'))).hello.error?.code).toBe('credentials');
  });

  test.each([
    ['just after its key was found good', 'seen'],
    ['while its greeting is answered', 'connect'],
  ])('that is revoked %s is closed, and told nothing', async (_, when) => {
    const nothing = (): void => undefined;
    const at = { seen: nothing, connect: nothing };
    const { client, device, credentials, revoke, network } = await setNetwork({
      methods: {
        connect: async () => {
          at.connect();
          return {} as never;
        },
      },
    });
    credentials.seen = () => at.seen();
    Object.assign(at, { [when]: () => revoke('d1') });
    const one = client();
    one.device(device('d1')).catch(() => undefined);
    expect(await one.closed).toMatchObject({ code: 4001 });
    expect(one.frames.filter(({ id }) => id === 'hello')).toEqual([]);
    await until('nothing is left of it', () => network.connectionsOf('d1') === 0);
  });
});

describe('a new device', () => {
  test('waits for the owner, is answered nothing, and gets its key once', async () => {
    const { client, state, ended } = await setNetwork({ methods: { status } });
    state.setup = 'setup-token';
    const one = client();
    const { hello, digits } = await one.bootstrap('setup-token', newIdentity());
    expect(hello.payload).toMatchObject({ scopes: [], pairing: { digits, name: 'phone' } });
    one.req('1', 'status');
    const end = { kind: 'device.paired', device: 'd9', key: 'k', scopes: ['read'] } as const;
    ended.resolve(end);
    expect((await one.closed).code).toBe(4010);
    expect(one.frames.at(-1)?.event).toEqual(end);
    expect(one.frames.some(({ id }) => id === '1')).toBe(false);
  });

  test('that goes away is forgotten', async () => {
    const { client, state } = await setNetwork();
    state.setup = 'setup-token';
    const one = client();
    await one.bootstrap('setup-token', newIdentity());
    one.ws.terminate();
    await until('it is abandoned', () => state.abandoned === 1);
  });

  test('cannot use a setup code twice', async () => {
    const { client, state } = await setNetwork();
    state.setup = 'setup-token';
    await client().bootstrap('setup-token', newIdentity());
    const { hello } = await client().bootstrap('setup-token', newIdentity());
    expect(hello.error?.code).toBe('credentials');
  });
});

describe('whoever cannot prove who it is', () => {
  test('is told the same words, whatever was wrong', async () => {
    const { client, device, program, revoke } = await setNetwork();
    const key = device('d1');
    const token = program('p1');
    revoke('p1');
    const attempts = [
      client().token('never-was-one'),
      client().token(token),
      client()
        .device({ ...key, key: 'another' })
        .then(({ hello }) => hello),
      client()
        .device({ ...key, id: 'd7' })
        .then(({ hello }) => hello),
      client()
        .device({ ...key, identity: newIdentity() })
        .then(({ hello }) => hello),
      client()
        .bootstrap('no-code', newIdentity())
        .then(({ hello }) => hello),
    ];
    const words = (await Promise.all(attempts)).map(({ error }) => JSON.stringify(error));
    expect(new Set(words).size).toBe(1);
  });

  test('a thousand wrong tokens let nobody in, and are one line on the record', async () => {
    const { client, program, bursts, alerts, network } = await setNetwork();
    const good = program('p1');
    const count = { refused: 0, left: 0 };
    for (let i = 0; i < 1000; i++) {
      const one = client();
      const first = await Promise.race([one.closed, one.opened]);
      if (first && 'status' in first) {
        expect(first.status).toBe(429);
        count.left += 1;
      } else if ((await one.token(`wrong-${i}`)).error?.code === 'credentials') count.refused += 1;
    }
    expect(count).toEqual({ refused: 10, left: 990 });
    // From the same place even the right one has to wait.
    expect((await client().closed).status).toBe(429);
    expect(good).not.toBe('');
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toContain('127.0.0.1');
    await network.close();
    expect(bursts).toEqual([{ source: '127.0.0.1', failures: 10, barred: true }]);
  }, 60_000);

  test('without anything to show gets nothing', async () => {
    const { client } = await setNetwork();
    const one = client();
    await one.challenge();
    one.greet(undefined);
    expect((await one.answer('hello')).error?.code).toBe('credentials');
    expect((await one.closed).code).toBe(4003);
  });

  test('must greet before it asks, and in time', async () => {
    const { client, program } = await setNetwork({ greetMs: 300, methods: { status } });
    const one = client();
    await one.challenge();
    one.req('1', 'status');
    expect((await one.answer('1')).error?.code).toBe('usage');
    expect((await one.closed).code).toBe(4004);
    const other = client();
    await other.token(program('p1'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(other.ws.readyState).toBe(other.ws.OPEN);
  });
});
