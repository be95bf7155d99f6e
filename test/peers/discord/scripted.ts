import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { DiscordPeer, SentByBot } from './peer.ts';

/** An answer of the HTTP API that is not the usual one. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly method: string;
  /** Below `/api/v10`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  /** Names and bytes of the files that came along. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

interface Session {
  readonly events: object[];
  sequence: number;
  socket: WebSocket;
}

interface Message {
  readonly id: string;
  readonly [key: string]: unknown;
}

export const BOT = '135000000000000001';
export const APPLICATION = '135000000000000009';
export const DANA = '135000000000004242';
export const GUILD = '135000000000000011';

/** The direct chat of a person with the bot. */
export const directChannel = (person: string): string => `26${person.slice(2)}`;

/**
 * Discord as its public documents describe it (developers/docs, version 10), as far as atom speaks with it: a
 * gateway that numbers what it sends, keeps it for a session and sends it again on RESUME; messages that can be
 * fetched; the answers that interactions want. What a test says comes instead.
 */
export async function startScriptedDiscord(): Promise<ScriptedDiscord> {
  const calls: Call[] = [];
  const answers: { readonly route: string; readonly answer: Answer }[] = [];
  const sockets = new Set<WebSocket>();
  /** What was shown under a nonce that is enforced: another message with it is not made. */
  const shown = new Map<string, Answer>();
  const repeats = new Set<Call>();
  const sessions = new Map<string, Session>();
  const opcodes: { readonly op: number; readonly d: Record<string, unknown> }[] = [];
  const messages = new Map<string, Message[]>();
  const channels = new Map<string, Record<string, unknown>>();
  const files = new Map<string, { readonly answer: Answer; readonly bytes: Uint8Array }>();
  let closeAtHello: number | undefined;
  let nextId = 0;
  let current = '';
  const server = createServer((request, response) => void serve(request, response));
  const gateway = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const newId = (): string =>
    String((BigInt(Date.now() - 1_420_070_400_000) << 22n) + BigInt(nextId++));

  gateway.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const say = (payload: object) => socket.send(JSON.stringify(payload));
    const begin = (): void => {
      current = `session-${sessions.size + 1}`;
      sessions.set(current, { events: [], sequence: 0, socket });
      dispatch('READY', {
        v: 10,
        session_id: current,
        resume_gateway_url: `ws://127.0.0.1:${port}/`,
        user: { id: BOT, username: 'atom' },
        guilds: [{ id: GUILD, unavailable: true }],
        application: { id: APPLICATION, flags: 0 },
      });
    };
    say({ op: 10, d: { heartbeat_interval: 45_000 } });
    const resume = ({ session_id: id, seq }: Record<string, unknown>): void => {
      const session = sessions.get(String(id));
      if (session === undefined) say({ op: 9, d: false });
      else {
        current = String(id);
        session.socket = socket;
        for (const event of session.events.slice(Number(seq))) say(event);
        dispatch('RESUMED', {});
      }
    };
    socket.on('message', (raw) => {
      const payload = JSON.parse(raw.toString()) as (typeof opcodes)[number];
      opcodes.push(payload);
      if (payload.op === 1) say({ op: 11, d: null });
      else if (closeAtHello !== undefined) socket.close(closeAtHello);
      else if (payload.op === 2) begin();
      else if (payload.op === 6) resume(payload.d);
    });
  });

  function dispatch(t: string, d: object): void {
    const session = sessions.get(current);
    if (session === undefined) return;
    session.sequence += 1;
    const payload = { op: 0, t, s: session.sequence, d };
    session.events.push(payload);
    session.socket.send(JSON.stringify(payload));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const file = files.get(url.pathname);
    if (file) {
      response.writeHead(file.answer.status, file.answer.headers).end(file.bytes);
      return;
    }
    const call = await callFrom(request, url);
    calls.push(call);
    const { status, body, headers } = answerFor(call);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  function answerFor(call: Call): Answer {
    const route = `${call.method} ${call.path}`;
    const scripted = answers.findIndex((one) => one.route === route);
    const [said] = scripted < 0 ? [] : answers.splice(scripted, 1);
    if (said) return said.answer;
    const nonce = call.body.enforce_nonce ? String(call.body.nonce) : undefined;
    const before = nonce === undefined ? undefined : shown.get(nonce);
    if (before) repeats.add(call);
    const answer = before ?? usual(call);
    if (nonce !== undefined) shown.set(nonce, answer);
    return answer;
  }

  const usual = (call: Call): Answer => {
    const [found] = ROUTES.flatMap(([method, path, answer]) => {
      const match = method === call.method ? path.exec(call.path) : null;
      return match ? [{ answer, ids: match.slice(1) }] : [];
    });
    const house = { origin, newId, messages, channels };
    return found ? found.answer(house, call, found.ids) : ok({ id: newId() });
  };

  const authors = (person: string) => ({ id: person, username: 'dana', global_name: 'Dana' });
  const said = (text: string, extra: Record<string, unknown> = {}): Message => {
    const channel = String(extra.channel_id ?? directChannel(DANA));
    const message: Message = {
      id: newId(),
      channel_id: channel,
      type: 0,
      content: text,
      attachments: [],
      mentions: [],
      author: authors(DANA),
      edited_timestamp: null,
      ...extra,
    };
    messages.set(channel, [...(messages.get(channel) ?? []), message]);
    return message;
  };
  return {
    apiRoot: `${origin}/api`,
    token: 'a-token',
    origin,
    calls,
    opcodes,
    newId,
    said,
    dispatch,
    say: (text, extra) => {
      const message = said(text, extra);
      dispatch('MESSAGE_CREATE', message);
      return message;
    },
    interact: (extra) => {
      const id = newId();
      const base = { id, application_id: APPLICATION, token: `token-${id}`, version: 1 };
      const place = { channel_id: directChannel(DANA), user: authors(DANA) };
      dispatch('INTERACTION_CREATE', { ...base, ...place, ...extra });
      return id;
    },
    next: (route, answer) => void answers.push({ route, answer }),
    forgetNext: () => void answers.splice(0),
    to: (method, path) => calls.filter((call) => call.method === method && path.test(call.path)),
    lists: (channel, last) =>
      void channels.set(channel, { id: channel, type: 0, last_message_id: last }),
    holds: (path, bytes, answer = { status: 200 }) => void files.set(path, { bytes, answer }),
    cut: () => {
      for (const socket of sockets) socket.terminate();
    },
    forgetSessions: () => sessions.clear(),
    closeEach: (code) => {
      closeAtHello = code;
    },
    connected: () => sockets.size,
    sent: () =>
      calls
        .filter((call) => !repeats.has(call) && /^(POST|PATCH)$/.test(call.method))
        .filter(({ path }) => MESSAGES.test(path))
        .map(({ path, body }): SentByBot => {
          const [, channel = '', edits] = MESSAGES.exec(path) ?? [];
          return { channel, edits, body };
        }),
    async close() {
      for (const socket of sockets) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface ScriptedDiscord extends DiscordPeer {
  readonly origin: string;
  readonly calls: readonly Call[];
  /** What the bot said over the gateway. */
  readonly opcodes: readonly { readonly op: number; readonly d: Record<string, unknown> }[];
  newId(): string;
  /** Keeps a message that can be fetched; nobody is told. */
  said(text: string, extra?: Record<string, unknown>): Message;
  /** Keeps a message and sends it to whoever is connected, now or by RESUME. */
  say(text: string, extra?: Record<string, unknown>): Message;
  /** Somebody uses a command, a button or a form. Returns its id. */
  interact(extra: Record<string, unknown>): string;
  dispatch(t: string, d: object): void;
  /** Answers the next call of `POST /channels/1/messages` like that. */
  next(route: string, answer: Answer): void;
  /** Answers as it would of itself again. */
  forgetNext(): void;
  to(method: string, path: RegExp): readonly Call[];
  /** A channel of the server, with the id of its last message. */
  lists(channel: string, last: string): void;
  /** A file at a path of its origin. */
  holds(path: string, bytes: Uint8Array, answer?: Answer): void;
  /** Cuts every connection without a word. */
  cut(): void;
  forgetSessions(): void;
  /** Closes whoever identifies, with a code; undefined lets them in. */
  closeEach(code: number | undefined): void;
  connected(): number;
}

const MESSAGES = /^\/channels\/(\d+)\/messages(?:\/(\d+))?$/;
const LIMITS = {
  shards: 1,
  session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
};

interface House {
  readonly origin: string;
  readonly messages: ReadonlyMap<string, readonly Message[]>;
  readonly channels: ReadonlyMap<string, unknown>;
  newId(): string;
}

type Route = readonly [
  method: string,
  path: RegExp,
  answer: (house: House, call: Call, ids: readonly string[]) => Answer,
];

/** The usual answers. */
const ROUTES: readonly Route[] = [
  ['GET', /^\/users\/@me$/, () => ok({ id: BOT, username: 'atom' })],
  ['GET', /^\/oauth2\/applications\/@me$/, () => ok({ id: APPLICATION })],
  ['GET', /^\/gateway\/bot$/, ({ origin }) => ok({ url: origin.replace('http', 'ws'), ...LIMITS })],
  [
    'POST',
    /^\/users\/@me\/channels$/,
    (_, { body }) => ok({ id: directChannel(String(body.recipient_id)), type: 1 }),
  ],
  ['GET', /^\/guilds\/\d+\/channels$/, ({ channels }) => ok([...channels.values()])],
  ['GET', /^\/guilds\/\d+\/threads\/active$/, () => ok({ threads: [], members: [] })],
  [
    'GET',
    /^\/channels\/(\d+)\/messages$/,
    ({ messages }, { query }, [channel = '']) => ok(page(messages.get(channel) ?? [], query)),
  ],
  [
    'GET',
    /^\/channels\/(\d+)\/messages\/(\d+)$/,
    ({ messages }, _, [channel = '', one]) =>
      ok(messages.get(channel)?.find(({ id }) => id === one)),
  ],
  ['PATCH', /^\/channels\/\d+\/messages\/(\d+)$/, (_, __, [id]) => ok({ id })],
  ['POST', /\/typing$|^\/interactions\//, () => ({ status: 204 })],
];

const ok = (body: unknown): Answer => ({ status: 200, body });

/** As Discord does: those nearest to `after`, newest first. */
function page(all: readonly Message[], query: URLSearchParams): readonly Message[] {
  const after = BigInt(query.get('after') ?? '0');
  const limit = Number(query.get('limit') ?? '50');
  return all
    .filter(({ id }) => BigInt(id) > after)
    .slice(0, limit)
    .reverse();
}

async function callFrom(request: IncomingMessage, url: URL): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const base = {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/api\/v10/, ''),
    query: url.searchParams,
  };
  if (!type.startsWith('multipart/form-data'))
    return { ...base, body: bytes.length === 0 ? {} : JSON.parse(bytes.toString()), files: [] };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const parts = [...form.values()].filter((part) => part instanceof File);
  const files = await Promise.all(
    parts.map(async (part) => ({
      name: part.name,
      bytes: new Uint8Array(await part.arrayBuffer()),
    })),
  );
  return { ...base, body: JSON.parse(String(form.get('payload_json'))), files };
}
