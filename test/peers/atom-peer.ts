import { newIdentity } from '../../src/base/ed25519.ts';
import { newId, randomKey } from '../../src/base/ids.ts';
import type { ConnectOutcome, SendOutcome } from '../../src/bridge/memory/memory-gateway.ts';
import type { Hello } from '../../src/protocol/connect.ts';
import type { GatewayEvent } from '../../src/protocol/events.ts';
import { gatewayProof } from '../../src/protocol/handshake.ts';
import type { Client, OnClient, Peer, Taken, Transport } from './bridge-peer.ts';

export const TOKEN = 'program-token-4711';

export interface AtomPeer extends Peer {
  readonly gatewayKey: string;
  tell(event: GatewayEvent): void;
  /** Another run of the gateway: its events are numbered from the beginning. */
  reboot(): void;
  /** Forgets what it would tell again. */
  forget(): void;
  readonly hello: { proof: 'right' | 'wrong' | 'none' };
}

interface Request {
  readonly id: string;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

const REFUSALS: Partial<Record<SendOutcome, string>> = {
  rejected: 'usage',
  'not-found': 'not-found',
  'rate-limit': 'unavailable',
};

const keyOf = ({ session, agent, peer }: Record<string, string>): string =>
  session ?? (agent ? `agent:self:${agent}` : `terminal:self:${peer}`);

/** A gateway that speaks atom's protocol as `protocol/connect.ts` says, and does as it is told. */
export async function atomPeer(
  serve: (onClient: OnClient) => Promise<Transport>,
  network: boolean,
): Promise<AtomPeer> {
  const identity = newIdentity();
  const connects: ConnectOutcome[] = [];
  const sends: SendOutcome[] = [];
  const received: Taken[] = [];
  const heard: string[] = [];
  const clients = new Set<Client>();
  const hello: AtomPeer['hello'] = { proof: 'right' };
  let boot = newId();
  let told: { seq: number; event: GatewayEvent }[] = [];
  let seq = 0;

  const frame = (client: Client, value: object): void => client.send(JSON.stringify(value));
  const refuse = (client: Client, id: string, code: string): void =>
    frame(client, {
      type: 'res',
      id,
      ok: false,
      error: { code, message: `As told: ${code}.`, next: [] },
    });
  const tell = (event: GatewayEvent): void => {
    seq += 1;
    told.push({ seq, event });
    for (const client of clients) frame(client, { type: 'event', seq, event });
  };
  const cut = (): void => {
    for (const client of clients) client.end();
    clients.clear();
  };

  const helloFor = (params: Request['params'], challenge: string) => {
    const since = params.since as { boot: string; seq: number } | undefined;
    const missed = since?.boot === boot ? told.filter((one) => one.seq > since.seq) : [];
    const nonce = (params.auth as Record<string, string> | undefined)?.nonce ?? '';
    const text = gatewayProof({ challenge, nonce, gateway: identity.publicKey, client: '' });
    const by = hello.proof === 'wrong' ? newIdentity() : identity;
    const answer: Hello = {
      protocol: 1,
      profile: 'default',
      version: '0.1.0',
      pid: 7,
      startedAt: 5,
      boot,
      seq,
      gap: since !== undefined && since.seq + missed.length < seq,
      scopes: ['read', 'chat'],
      ...(network && hello.proof !== 'none' ? { proof: by.sign(text) } : {}),
    };
    return { answer, missed };
  };
  const greet = (client: Client, { id, params }: Request, challenge: string) => {
    const outcome = connects.shift() ?? 'connected';
    if (outcome === 'timeout') return;
    if (outcome === 'network') return client.end();
    const auth = params.auth as Record<string, string> | undefined;
    if (outcome === 'authentication' || (network && auth?.token !== TOKEN))
      return refuse(client, id, 'credentials');
    const { answer, missed } = helloFor(params, challenge);
    frame(client, { type: 'res', id, ok: true, payload: answer });
    for (const one of missed) frame(client, { type: 'event', ...one });
    clients.add(client);
  };

  const take = (client: Client, { id, params }: Request) => {
    const outcome = sends.shift() ?? 'taken';
    if (outcome === 'silent') return;
    if (outcome === 'cut') return cut();
    const code = REFUSALS[outcome];
    if (code) return refuse(client, id, code);
    const { key, text } = params as Record<string, string>;
    const sessionKey = keyOf(params as Record<string, string>);
    const event = `event-${key}`;
    const duplicate = received.some(({ messageId }) => messageId === key);
    if (!duplicate) received.push({ messageId: String(key), sessionKey, text: String(text) });
    if (outcome === 'lost-answer') return cut();
    frame(client, {
      type: 'res',
      id,
      ok: true,
      payload: { event, session: sessionKey, duplicate },
    });
    if (duplicate) return;
    const reply = { inReplyTo: event, text: `You said: ${text}`, at: 1 };
    tell({ kind: 'turn', session: sessionKey, event, state: { step: 'ended', result: 'replied' } });
    tell({ kind: 'message', id: newId(), session: sessionKey, ...reply });
  };

  const transport = await serve((client) => {
    const challenge = randomKey(32).toString('base64url');
    if (network)
      frame(client, {
        type: 'event',
        seq: 0,
        event: { kind: 'connect.challenge', challenge, gateway: identity.publicKey },
      });
    return (text) => {
      heard.push(text);
      const request = JSON.parse(text) as Request;
      if (request.method === 'connect') greet(client, request, challenge);
      else if (request.method === 'chat.send') take(client, request);
    };
  });
  return {
    url: transport.url,
    received,
    heard,
    cut,
    tell,
    hello,
    close: transport.close,
    gatewayKey: identity.publicKey,
    expect: (more) => {
      connects.push(...(more.connects ?? []));
      sends.push(...(more.sends ?? []));
    },
    say: (session, text) => tell({ kind: 'message', id: newId(), session, text, at: 1 }),
    reboot() {
      cut();
      boot = newId();
      told = [];
      seq = 0;
    },
    forget() {
      told = [];
    },
  };
}
