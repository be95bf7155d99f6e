import { createPublicKey, verify } from 'node:crypto';
import { sha256 } from '../../src/base/digest.ts';
import { newId } from '../../src/base/ids.ts';
import type { ConnectOutcome, SendOutcome } from '../../src/bridge/memory/memory-gateway.ts';
import { type Client, overWebSocket, type Peer, type Taken } from './bridge-peer.ts';

export const OPENCLAW_TOKEN = 'openclaw-token-0815';

interface Request {
  readonly type: string;
  readonly id: string;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

export interface OpenClawPeer extends Peer {
  /** Devices whose signature held, by id. */
  readonly devices: readonly string[];
}

/** What OpenClaw's docs/gateway/protocol.md says that a gateway does, as far as a bridge meets it. */
export async function openClawPeer(protocol = 4): Promise<OpenClawPeer> {
  const connects: ConnectOutcome[] = [];
  const sends: SendOutcome[] = [];
  const received: Taken[] = [];
  const heard: string[] = [];
  const devices: string[] = [];
  const clients = new Set<Client>();

  const frame = (client: Client, value: object): void => client.send(JSON.stringify(value));
  const refuse = (client: Client, id: string, error: object): void =>
    frame(client, { type: 'res', id, ok: false, error });
  const tell = (event: string, payload: object): void => {
    for (const client of clients) frame(client, { type: 'event', event, payload });
  };
  const cut = (): void => {
    for (const client of clients) client.end();
    clients.clear();
  };

  const greet = (client: Client, { id, params }: Request, nonce: string) => {
    const outcome = connects.shift() ?? 'connected';
    if (outcome === 'timeout') return;
    if (outcome === 'network') return client.end();
    const token = (params.auth as { token?: string } | undefined)?.token;
    if (outcome === 'authentication' || token !== OPENCLAW_TOKEN)
      return refuse(client, id, {
        code: 'INVALID_REQUEST',
        message: 'unauthorized: gateway token mismatch',
        details: { code: 'AUTH_TOKEN_MISMATCH', recommendedNextStep: 'update_auth_credentials' },
      });
    if (Number(params.minProtocol) > protocol || Number(params.maxProtocol) < protocol)
      return refuse(client, id, { code: 'INVALID_REQUEST', message: 'protocol mismatch' });
    if (params.device) devices.push(checkDevice(params, nonce));
    frame(client, {
      type: 'res',
      id,
      ok: true,
      payload: {
        type: 'hello-ok',
        protocol,
        server: { version: '2026.5', connId: 'c1' },
        features: { methods: ['chat.send'], events: ['chat', 'tick'] },
        snapshot: {},
        auth: { role: 'operator', scopes: params.scopes },
        policy: { maxPayload: 26214400, maxBufferedBytes: 52428800, tickIntervalMs: 15000 },
      },
    });
    clients.add(client);
  };

  const begin = (given: { [name in (typeof TAKEN)[number]]: string }) => {
    const { sessionKey, message: text, idempotencyKey: messageId } = given;
    const known = received.some((one) => one.messageId === messageId);
    if (!known) received.push({ messageId, sessionKey, text });
    return { known, text, runId: messageId, sessionKey: canonical(sessionKey) };
  };
  const answer = ({ text, runId, sessionKey }: ReturnType<typeof begin>): void => {
    tell('chat', { runId, sessionKey, seq: 1, state: 'delta', deltaText: 'You' });
    tell('chat', { runId, sessionKey, seq: 2, state: 'final', message: said(`You said: ${text}`) });
  };
  const take = (client: Client, { id, params }: Request) => {
    const outcome = sends.shift() ?? 'taken';
    if (outcome === 'silent') return;
    if (outcome === 'cut') return cut();
    const known = Object.keys(params).sort().join() === TAKEN.join();
    const error = REFUSALS[known ? outcome : 'rejected'];
    if (error) return refuse(client, id, error);
    const run = begin(params as Parameters<typeof begin>[0]);
    if (outcome === 'lost-answer') return cut();
    const status = run.known ? 'ok' : 'started';
    frame(client, { type: 'res', id, ok: true, payload: { runId: run.runId, status } });
    if (!run.known) answer(run);
  };

  const transport = await overWebSocket((client) => {
    const nonce = newId();
    frame(client, { type: 'event', event: 'connect.challenge', payload: { nonce, ts: 1 } });
    return (text) => {
      heard.push(text);
      const request = JSON.parse(text) as Request;
      if (request.method === 'connect') greet(client, request, nonce);
      else if (request.method === 'chat.send') take(client, request);
      else refuse(client, request.id, { code: 'INVALID_REQUEST', message: 'unknown method' });
    };
  });
  return {
    url: transport.url,
    received,
    heard,
    devices,
    cut,
    close: transport.close,
    expect: (more) => {
      connects.push(...(more.connects ?? []));
      sends.push(...(more.sends ?? []));
    },
    say: (sessionKey, text) =>
      tell('chat', {
        runId: newId(),
        sessionKey: canonical(sessionKey),
        seq: 1,
        state: 'final',
        message: said(text),
      }),
  };
}

/** The parameters of `chat.send` that a bridge gives; unknown ones are refused. */
const TAKEN = ['idempotencyKey', 'message', 'sessionKey'] as const;

const REFUSALS: Partial<Record<SendOutcome, object>> = {
  rejected: { code: 'INVALID_REQUEST', message: 'invalid chat.send params' },
  'rate-limit': { code: 'RATE_LIMITED', message: 'too many', retryable: true },
  'not-found': { code: 'NOT_FOUND', message: 'no such session' },
};

const said = (text: string): object => ({
  role: 'assistant',
  content: [{ type: 'text', text }],
});

/** OpenClaw puts a key without an agent under its default agent. */
const canonical = (key: string): string =>
  key === 'terminal:self:main'
    ? 'agent:main:main'
    : key.startsWith('agent:')
      ? key
      : `agent:main:${key}`;

/** Checks a device's signature as the protocol says; payload `v3`. Returns its id. */
function checkDevice(params: Record<string, unknown>, nonce: string): string {
  const device = params.device as Record<string, string>;
  const client = params.client as Record<string, string>;
  const token = (params.auth as { token: string }).token;
  const { id = '', publicKey = '', signature = '', signedAt } = device;
  const scopes = (params.scopes as string[]).join(',');
  const payload = [
    ...['v3', id, client.id, client.mode, params.role, scopes, signedAt, token, nonce],
    ...[client.platform, ''],
  ].join('|');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  if (device.nonce !== nonce) throw new Error('device nonce mismatch');
  if (id !== sha256(Buffer.from(publicKey, 'base64url')))
    throw new Error('device identity mismatch');
  if (!verify(null, Buffer.from(payload), key, Buffer.from(signature, 'base64url')))
    throw new Error('device signature invalid');
  return id;
}
