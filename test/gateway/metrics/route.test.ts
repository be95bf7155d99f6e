import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/domain/caller.ts';
import { callerOfToken } from '../../../src/gateway/metrics/caller-of-token.ts';
import { readFamilies } from '../../../src/gateway/metrics/families.ts';
import { type MetricsRequest, metricsRoute } from '../../../src/gateway/metrics/route.ts';
import { parseExposition } from '../../metrics/parse.ts';
import { openAtom } from './atom.ts';

const program: Caller = { surface: 'program', id: 'd1', name: 'prometheus', scopes: ['read'] };
const chatter: Caller = { ...program, id: 'd2', scopes: ['chat'] };
const callers = new Map([
  ['good-token', program],
  ['chat-token', chatter],
  ['user-token', { ...program, user: 'dana' }],
]);

const good: MetricsRequest = {
  address: '127.0.0.1',
  authorization: 'Bearer good-token',
};

const ask = (request: Partial<MetricsRequest>, enabled = true) => {
  const asked: string[] = [];
  const deps = {
    enabled,
    callerOf: async (token: string) => {
      asked.push(token);
      return callers.get(token);
    },
    read: async () => [{ name: 'up', help: 'Up', type: 'gauge', samples: [{ value: 1 }] }] as const,
  };
  return metricsRoute(deps)({ ...good, ...request }).then((answer) => ({ ...answer, asked }));
};

describe('/metrics', () => {
  it('tells a program of this machine whose token may read', async () => {
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
      const { status, headers, body } = await ask({ address });
      expect([status, headers?.['content-type']]).toEqual([
        200,
        'text/plain; version=0.0.4; charset=utf-8',
      ]);
      expect(parseExposition(body ?? '')).toEqual([{ name: 'up', labels: {}, value: 1 }]);
    }
  });

  it.each([
    ['no token', {}],
    ['another scheme', { authorization: 'Basic good-token' }],
    ['a wrong token', { authorization: 'Bearer bad-token' }],
    ['more behind the token', { authorization: 'Bearer good-token x' }],
    ['a token that may not read', { authorization: 'Bearer chat-token' }],
    ['a token of a user', { authorization: 'Bearer user-token' }],
  ])('answers %s with 401 and nothing else', async (_, request) => {
    const { status, body } = await ask({ authorization: undefined, ...request });
    expect([status, body]).toEqual([401, undefined]);
  });

  it('is not there for other machines, nor while it is off, whatever the token', async () => {
    for (const address of ['10.0.0.2', '::ffff:10.0.0.2', 'fe80::1', '']) {
      const { status, body, asked } = await ask({ address });
      expect([status, body, asked]).toEqual([404, undefined, []]);
    }
    const off = await ask({}, false);
    expect([off.status, off.body, off.asked]).toEqual([404, undefined, []]);
  });

  it('asks the keeper of the keys for no more than reading', async () => {
    const wanted: unknown[] = [];
    const keeper: Parameters<typeof callerOfToken>[0] = {
      identity: async () => ({ publicKey: 'k', sign: () => '' }),
      seen: (id) => void wanted.push(id),
      open: async (auth, handshake, scopes) => {
        wanted.push(auth.kind, scopes);
        return auth.kind === 'token' && auth.token === 'good-token'
          ? { kind: 'caller', caller: program, handshake: { ...handshake, client: '' } }
          : { kind: 'refused', message: 'no' };
      },
    };
    const callerOf = callerOfToken(keeper, { known: (caller) => caller });
    expect(await callerOf('bad-token')).toBeUndefined();
    expect(await callerOf('good-token')).toBe(program);
    expect(wanted).toEqual(['token', ['read'], 'token', ['read'], 'd1']);
  });
});

const message = (id: string, text: string) => ({
  id,
  externalId: id,
  kind: 'message' as const,
  text,
  media: [],
  at: Date.now(),
  from: { channel: 'terminal', account: 'main', peer: 'secretpeer77' },
  sender: { id: 'secretsender77', name: 'Secret Name' },
  isGroup: false,
  mentionsMe: true,
});

describe('what /metrics shows of a whole atom', () => {
  it('is how much there is, and never who or what', async () => {
    const { atom, metrics } = await openAtom();
    const callerOf = async () => program;
    const look = metricsRoute({ enabled: true, callerOf, read: () => readFamilies(atom) });
    for (let i = 0; i < 3; i++) await atom.accept(message(`e${i}`, `secret words ${i}`));
    await atom.accept(message('e0', 'again'));
    metrics.connection('opened', 'bridge');
    metrics.tripped('model:anthropic');
    const { body = '' } = await look(good);
    const samples = parseExposition(body);
    const valueIn = (name: string, labels = {}) =>
      samples.find(
        (one) => one.name === name && JSON.stringify(one.labels) === JSON.stringify(labels),
      )?.value;
    expect(valueIn('atom_messages_received_total', { channel: 'terminal' })).toBe(3);
    expect(valueIn('atom_queue_depth', { queue: 'spool' })).toBe(3);
    expect(valueIn('atom_queue_depth', { queue: 'outbox' })).toBe(0);
    expect(valueIn('atom_connections_open', { client: 'bridge' })).toBe(1);
    expect(valueIn('atom_circuit_trips_total', { circuit: 'model:anthropic' })).toBe(1);
    expect(valueIn('atom_halted')).toBe(0);
    expect(body.toLowerCase()).not.toMatch(/secret|e0|main/);
    const names = new Set(samples.flatMap(({ labels }) => Object.keys(labels)));
    const known = ['channel', 'circuit', 'client', 'outcome', 'quantile', 'queue'];
    expect([...names].filter((name) => !known.includes(name))).toEqual([]);
    // As many lines after more of the same: nothing grows with traffic.
    for (let i = 3; i < 50; i++) await atom.accept(message(`e${i}`, `words ${i}`));
    expect(parseExposition((await look(good)).body ?? '')).toHaveLength(samples.length);
  });
});
