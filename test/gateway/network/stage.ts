import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { createUsers } from '../../../src/assembly/users.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { type Identity, isSignedBy, newIdentity } from '../../../src/base/ed25519.ts';
import { randomKey } from '../../../src/base/ids.ts';
import { createLog } from '../../../src/base/log.ts';
import { gatewaySchema } from '../../../src/config/gateway-schema.ts';
import type { Caller, Scope } from '../../../src/domain/caller.ts';
import { createHub } from '../../../src/gateway/hub.ts';
import { createKernel, type Methods } from '../../../src/gateway/kernel.ts';
import { knownBy } from '../../../src/gateway/known-caller.ts';
import type { Burst } from '../../../src/gateway/network/guesses.ts';
import { type NetworkDeps, openNetwork } from '../../../src/gateway/network/network.ts';
import { createRepeats } from '../../../src/gateway/repeats.ts';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import type { ConnectAuth, PairingEnd } from '../../../src/protocol/connect.ts';
import type { Credentials, Greeting, Opened } from '../../../src/protocol/credentials.ts';
import { clientProof, gatewayProof, pairingDigits } from '../../../src/protocol/handshake.ts';
import { until } from '../../flows/stage/until.ts';
import type { Frame } from '../line-client.ts';

const ALL: readonly Scope[] = ['read', 'chat', 'approve', 'operate'];

/** Keeps programs (by token), devices (by key) and one setup code, in memory. */
export function keeper() {
  const own = newIdentity();
  const programs = new Map<string, { id: string; scopes: readonly Scope[] }>();
  const devices = new Map<string, { key: string; publicKey: string; scopes: readonly Scope[] }>();
  const state = { needed: true, setup: undefined as string | undefined, abandoned: 0 };
  const ended = Promise.withResolvers<PairingEnd>();
  const needed = new Set<() => void>();
  const gone = new Set<(id: string) => void>();
  const seen: string[] = [];
  const no: Opened = { kind: 'refused', message: 'no' };
  const letIn = (
    caller: Pick<Caller, 'surface' | 'id' | 'scopes'>,
    handshake: Parameters<typeof clientProof>[0],
    wanted: readonly Scope[] | undefined,
  ): Opened => ({
    kind: 'caller',
    caller: {
      surface: caller.surface,
      id: caller.id,
      name: caller.id,
      scopes: caller.scopes.filter((scope) => wanted === undefined || wanted.includes(scope)),
    },
    handshake,
  });
  const credentials: Credentials = {
    needed: async () => state.needed,
    onNeeded: (listener) => {
      needed.add(listener);
      return () => needed.delete(listener);
    },
    onRevoked: (listener) => {
      gone.add(listener);
      return () => gone.delete(listener);
    },
    identity: async () => own,
    seen: (id) => seen.push(id),
    open: async (auth, greeting, wanted) => {
      if (auth.kind === 'token') {
        const program = programs.get(auth.token);
        const handshake = { ...greeting, client: '' };
        return program ? letIn({ surface: 'program', ...program }, handshake, wanted) : no;
      }
      if (auth.kind === 'bootstrap') return bootstrap(auth, greeting);
      const device = devices.get(auth.device);
      if (!device || device.key !== auth.key) return no;
      const handshake = { ...greeting, client: device.publicKey };
      if (!isSignedBy(device.publicKey, clientProof(handshake), auth.signature)) return no;
      return letIn({ surface: 'device', id: auth.device, ...device }, handshake, wanted);
    },
  };
  const bootstrap = (auth: ConnectAuth & { kind: 'bootstrap' }, greeting: Greeting): Opened => {
    const handshake = { ...greeting, client: auth.publicKey };
    if (auth.token !== state.setup) return no;
    if (!isSignedBy(auth.publicKey, clientProof(handshake), auth.signature)) return no;
    state.setup = undefined;
    const request = {
      id: 'p1',
      name: auth.name,
      scopes: ALL,
      fingerprint: 'SHA256:x',
      digits: pairingDigits(handshake),
      askedAt: 1,
      expiresAt: 2,
    };
    const abandon = (): void => {
      state.abandoned += 1;
    };
    return { kind: 'pairing', request, handshake, ended: ended.promise, abandon };
  };
  return {
    credentials,
    programs,
    devices,
    state,
    ended,
    seen,
    own,
    need: (yes: boolean) => {
      state.needed = yes;
      for (const listener of needed) listener();
    },
    revoke: (id: string) => {
      for (const [token, program] of programs) if (program.id === id) programs.delete(token);
      devices.delete(id);
      for (const listener of gone) listener(id);
    },
    program: (id: string, scopes: readonly Scope[] = ALL) => {
      const token = randomKey(16).toString('base64url');
      programs.set(token, { id, scopes });
      return token;
    },
    device: (id: string, identity: Identity = newIdentity(), scopes: readonly Scope[] = ALL) => {
      const key = randomKey(16).toString('base64url');
      devices.set(id, { key, publicKey: identity.publicKey, scopes });
      return { id, key, identity };
    },
  };
}

export interface NetworkStage extends Partial<Pick<NetworkDeps, 'greetMs' | 'routes' | 'clock'>> {
  readonly methods?: Partial<Methods>;
  readonly gateway?: Parameters<typeof gatewaySchema.parse>[0];
}

/** A gateway's port with scripted methods behind it and a keeper in memory. */
export async function setNetwork({ methods = {}, gateway = {}, ...more }: NetworkStage = {}) {
  const hub = createHub();
  const lines: string[] = [];
  const bursts: Burst[] = [];
  const alerts: string[] = [];
  const kept = keeper();
  const log = createLog(({ text }) => lines.push(text));
  const kernel = createKernel(
    {
      connect: async (_: unknown, { scopes }: Caller) => ({
        protocol: 1,
        profile: 'p',
        version: '0',
        pid: 1,
        startedAt: 1,
        boot: hub.boot,
        seq: hub.seq(),
        gap: false,
        scopes,
      }),
      ...methods,
    } as Methods,
    knownBy(createUsers({ users: [], waiting: [] })),
  );
  const metrics = createMetrics(systemClock);
  const network = openNetwork({
    endpoint: gatewaySchema.parse({ port: 0, ...(gateway as object) }),
    credentials: kept.credentials,
    connection: { kernel, hub, log, repeats: createRepeats(systemClock), metrics },
    routes: new Map(),
    clock: systemClock,
    log,
    onBurst: (burst) => bursts.push(burst),
    alert: (words) => alerts.push(words),
    ...more,
  });
  onTestFinished(() => network.close());
  const status = await network.settle();
  const url = status.state === 'listening' ? status.url : '';
  const client = (options: WebSocket.ClientOptions = {}) => open(url, options);
  return { ...kept, hub, lines, metrics, bursts, alerts, network, url, client };
}

export interface Closed {
  readonly code: number;
  readonly reason: string;
  /** Where no WebSocket came about: the status that was answered instead. */
  readonly status?: number;
}

/** A client that keeps what comes, and speaks as it is told. */
export function open(url: string, options: WebSocket.ClientOptions = {}) {
  const ws = new WebSocket(url, { perMessageDeflate: false, ...options });
  const frames: (Frame & { event?: Record<string, unknown> })[] = [];
  const end = Promise.withResolvers<Closed>();
  const opened = once(ws, 'open').then(
    () => undefined,
    () => undefined,
  );
  let status: number | undefined;
  ws.on('unexpected-response', (_, response) => {
    status = response.statusCode;
    response.resume();
    ws.terminate();
  });
  ws.on('message', (data) => frames.push(JSON.parse(String(data))));
  ws.on('error', () => undefined);
  ws.on('close', (code, reason) =>
    end.resolve({ code, reason: String(reason), ...(status === undefined ? {} : { status }) }),
  );
  onTestFinished(() => ws.terminate());
  const send = (frame: unknown): void =>
    ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  const answer = (id: string): Promise<Frame> =>
    until(`an answer to ${id}`, () => frames.find((frame) => frame.id === id));
  const challenge = async (): Promise<{ challenge: string; gateway: string }> => {
    const frame = await until('the challenge', () =>
      frames.find(({ event }) => event?.kind === 'connect.challenge'),
    );
    return frame.event as { challenge: string; gateway: string };
  };
  const greet = (auth: ConnectAuth | undefined, more: object = {}): void =>
    send({
      type: 'req',
      id: 'hello',
      method: 'connect',
      params: { protocol: 1, client: 'bridge', events: true, ...(auth ? { auth } : {}), ...more },
    });
  return {
    ws,
    frames,
    send,
    answer,
    challenge,
    greet,
    opened,
    closed: end.promise,
    req: (id: string, method: string, params: object = {}, key?: string) =>
      send({ type: 'req', id, method, params, ...(key === undefined ? {} : { key }) }),
    token: async (token: string, more: object = {}) => {
      await challenge();
      greet({ kind: 'token', token, nonce: nonce() }, more);
      return await answer('hello');
    },
    device: async (
      { id, key, identity }: { id: string; key: string; identity: Identity },
      more: object = {},
    ) => {
      const { challenge: text, gateway } = await challenge();
      const handshake = { challenge: text, gateway, nonce: nonce(), client: identity.publicKey };
      const signature = identity.sign(clientProof(handshake));
      greet({ kind: 'device', device: id, key, nonce: handshake.nonce, signature }, more);
      const hello = await answer('hello');
      const { proof = '' } = (hello.payload ?? {}) as { proof?: string };
      return { hello, proved: isSignedBy(gateway, gatewayProof(handshake), proof) };
    },
    bootstrap: async (token: string, identity: Identity, name = 'phone') => {
      const { challenge: text, gateway } = await challenge();
      const handshake = { challenge: text, gateway, nonce: nonce(), client: identity.publicKey };
      const signature = identity.sign(clientProof(handshake));
      const { publicKey } = identity;
      greet({ kind: 'bootstrap', token, name, publicKey, nonce: handshake.nonce, signature });
      return { hello: await answer('hello'), digits: pairingDigits(handshake) };
    },
    events: () => frames.filter(({ type, seq }) => type === 'event' && seq !== 0),
  };
}

export const nonce = (): string => randomKey(16).toString('base64url');
