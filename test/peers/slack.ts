import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Hook } from '../../src/domain/hook.ts';
import { freePort } from './free-port.ts';

const BOT_TOKEN = 'xoxb-of-the-tests';
const APP_TOKEN = 'xapp-of-the-tests';
const SIGNING_SECRET = 'a signing secret of the tests';

/** A message as Slack keeps it. */
export interface SlackMessage {
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly files?: readonly { readonly name: string; readonly url_private: string }[];
  readonly blocks?: readonly SlackBlock[];
}

interface SlackBlock {
  readonly type: string;
  readonly elements: readonly {
    readonly value?: string;
    readonly elements?: readonly { readonly text: string }[];
  }[];
}

type Payload = Readonly<Record<string, unknown>>;
interface Waiting {
  readonly envelope: Payload;
  readonly done: (answer: unknown) => void;
}

/**
 * A workspace: the Web API of `emulate`, which others wrote, and before it what that does not have, from
 * Slack's public documentation: Socket Mode, where an envelope that was not acknowledged comes again on the
 * next connection, and events posted with a signature to `hook`.
 */
export async function startSlack() {
  const port = await freePort();
  const emulator = await createEmulator({
    service: 'slack',
    port,
    hostname: '127.0.0.1',
    seed: {
      slack: {
        team: { name: 'Acme', domain: 'acme' },
        users: [{ name: 'atom' }, { name: 'dana' }],
        tokens: [{ token: BOT_TOKEN, user: 'atom' }],
      },
    },
  });
  const behind = `http://127.0.0.1:${port}`;
  const sockets = new WebSocketServer({ noServer: true });
  const waiting: Waiting[] = [];
  const opened: Payload[] = [];
  const posted: Payload[] = [];
  const answers = new Map<string, Payload>();
  const forms: URLSearchParams[] = [];
  let hook: Hook | undefined;
  let current: WebSocket | undefined;
  let [connections, isOff] = [0, false];

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const method = request.url?.replace('/api/', '') ?? '';
    const token = request.headers.authorization?.replace('Bearer ', '');
    const isFile = request.url?.startsWith('/upload/') === true;
    const said = isFile ? undefined : ownAnswer(method, token, body);
    if (said) return void response.writeHead(200, JSON_TYPE).end(JSON.stringify(said));
    if (method === 'chat.postMessage') posted.push(JSON.parse(body.toString()) as Payload);
    if (method === 'views.open') opened.push(JSON.parse(body.toString()) as Payload);
    return pass(request, body, response);
  }

  async function pass(
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const passed = await fetch(`${behind}${request.url}`, {
      method: request.method ?? 'POST',
      headers: {
        authorization: request.headers.authorization ?? '',
        ...(request.headers['content-type'] && { 'content-type': request.headers['content-type'] }),
      },
      ...(request.method === 'POST' && { body }),
    });
    const type = passed.headers.get('content-type') ?? 'application/json';
    const bytes = Buffer.from(await passed.arrayBuffer());
    // As Slack has it: files are put where it is asked.
    const isPlace = request.url?.endsWith('/files.getUploadURLExternal') === true;
    const told = isPlace ? bytes.toString().replace(/http:\/\/[^/"]+/, `http://${own}`) : bytes;
    response.writeHead(passed.status, { 'content-type': type }).end(told);
  }

  /** What `emulate` does not answer, or not as Slack does. */
  function ownAnswer(method: string, token: string | undefined, body: Buffer): Payload | undefined {
    if (method === 'apps.connections.open')
      return token === APP_TOKEN
        ? { ok: true, url: `ws://${own}/socket` }
        : refusal('invalid_auth');
    if (token !== BOT_TOKEN) return refusal('invalid_auth');
    const said = answers.get(method);
    answers.delete(method);
    if (said || method !== 'files.getUploadURLExternal') return said;
    // Slack itself reads no JSON here, whatever its documents say.
    const form = new URLSearchParams(body.toString());
    forms.push(form);
    return form.has('filename') ? undefined : refusal('invalid_arguments');
  }

  const deliver = ({ envelope }: Waiting): void => current?.send(JSON.stringify(envelope));
  server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (ws) => {
      current = ws;
      connections += 1;
      ws.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
      if (isOff) ws.send(JSON.stringify({ type: 'disconnect', reason: 'link_disabled' }));
      ws.on('message', (data) => {
        const ack = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown };
        const at = waiting.findIndex(({ envelope }) => envelope.envelope_id === ack.envelope_id);
        if (at >= 0) waiting.splice(at, 1)[0]?.done(ack.payload);
      });
      ws.on('close', () => {
        if (current === ws) current = undefined;
      });
      for (const one of waiting) deliver(one);
    }),
  );

  /** Brings something by a connection or by a post; resolves with what it was answered with. */
  const bring = (type: string, payload: Payload, form?: URLSearchParams): Promise<unknown> => {
    if (hook)
      return post(hook, form ? form.toString() : JSON.stringify(payload), form !== undefined);
    const envelope_id = `e${Math.random()}`;
    const envelope = { envelope_id, type, payload, accepts_response_payload: true };
    return new Promise((done) => {
      const one = { envelope, done };
      waiting.push(one);
      deliver(one);
    });
  };
  const ask = async (method: string, given: Payload): Promise<Payload> => {
    const answered = await fetch(`${behind}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${BOT_TOKEN}`, ...JSON_TYPE },
      body: JSON.stringify(given),
    });
    return (await answered.json()) as Payload;
  };
  const { members } = (await ask('users.list', {})) as { members: { id: string; name: string }[] };
  const idOf = (name: string): string => members.find((one) => one.name === name)?.id ?? '';
  const dana = idOf('dana');
  const { channel: direct } = (await ask('conversations.open', { users: dana })) as {
    channel: { id: string };
  };
  let count = 0;
  /** Slack's times grow. */
  const moment = (): string =>
    `${Math.floor(Date.now() / 1000)}.${String(++count).padStart(6, '0')}`;

  return {
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: SIGNING_SECRET,
    apiRoot: `http://${own}/api`,
    dana,
    direct: direct.id,
    bot: idOf('atom'),
    opened,
    posted,
    /** How uploads were asked for. */
    uploads: forms,
    /** Answers the next call of a method like that. */
    next: (method: string, answer: Payload) => void answers.set(method, answer),
    connections: () => connections,
    answerWith: (given: Hook): void => {
      hook = given;
    },
    /** What somebody writes; to us alone unless told where. */
    say: (text: string, where: Payload = {}) =>
      bring('events_api', {
        type: 'event_callback',
        event_id: `Ev${count}`,
        event: {
          type: 'message',
          channel: direct.id,
          channel_type: 'im',
          user: dana,
          text,
          ts: moment(),
          ...where,
        },
      }),
    press: async (value: string) => {
      const message = (await read(ask, direct.id)).at(-1);
      const payload = {
        type: 'block_actions',
        trigger_id: 'trigger',
        user: { id: dana, username: 'dana' },
        container: { type: 'message', channel_id: direct.id, message_ts: message?.ts },
        actions: [{ type: 'button', value, action_ts: moment() }],
      };
      return bring(
        'interactive',
        payload,
        new URLSearchParams({ payload: JSON.stringify(payload) }),
      );
    },
    submit: (view: Payload) => {
      const payload = { type: 'view_submission', user: { id: dana, username: 'dana' }, view };
      return bring(
        'interactive',
        payload,
        new URLSearchParams({ payload: JSON.stringify(payload) }),
      );
    },
    command: (text: string, channel = direct.id) => {
      const form = {
        command: '/atom',
        text,
        channel_id: channel,
        user_id: dana,
        trigger_id: moment(),
      };
      return bring('slash_commands', form, new URLSearchParams(form));
    },
    /** Takes the connection away, as Slack does every few hours, or breaks it. */
    end: (how: 'asks' | 'breaks') =>
      how === 'asks'
        ? current?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
        : current?.terminate(),
    /** Whether Socket Mode is turned off for the app: then every connection is ended at once. */
    turnOff: (off: boolean): void => {
      isOff = off;
    },
    /** Somebody writes to us with a file, which Slack keeps. */
    share: async (bytes: Buffer) => {
      const filename = 'notes.pdf';
      const wish = { filename, length: bytes.length };
      const { upload_url: url, file_id: id } = await ask('files.getUploadURLExternal', wish);
      await fetch(String(url), { method: 'POST', body: new Uint8Array(bytes) });
      await ask('files.completeUploadExternal', { files: [{ id, title: filename }] });
      const { file } = (await ask('files.info', { file: id })) as { file: { url_private: string } };
      const kept = new URL(new URL(file.url_private).pathname, `http://${own}`).href;
      const files = [{ id, name: filename, mimetype: 'application/pdf', url_private: kept }];
      return bring('events_api', {
        type: 'event_callback',
        event_id: `Ev${count}`,
        event: {
          type: 'message',
          subtype: 'file_share',
          channel: direct.id,
          channel_type: 'im',
          user: dana,
          text: '',
          ts: moment(),
          files,
        },
      });
    },
    /** The bytes of every file that was put up. */
    files: async (): Promise<readonly Buffer[]> => {
      const { files } = (await ask('files.list', {})) as { files: { url_private: string }[] };
      const headers = { authorization: `Bearer ${BOT_TOKEN}` };
      const fetched = files.map(({ url_private: url }) => fetch(url, { headers }));
      return Promise.all(
        (await Promise.all(fetched)).map(async (one) => Buffer.from(await one.arrayBuffer())),
      );
    },
    /** What stands in a conversation, oldest first; the direct one unless told. */
    messages: (channel = direct.id) => read(ask, channel),
    /** What stands in a thread, oldest first. */
    thread: async (channel: string, ts: string) =>
      (await ask('conversations.replies', { channel, ts })).messages as SlackMessage[],
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await emulator.close();
    },
  };
}

const refusal = (error: string): Payload => ({ ok: false, error });

const JSON_TYPE = { 'content-type': 'application/json' };

async function read(
  ask: (method: string, given: Payload) => Promise<Payload>,
  channel: string,
): Promise<readonly SlackMessage[]> {
  const { messages } = await ask('conversations.history', { channel, limit: 100 });
  return (messages as SlackMessage[]).toReversed();
}

async function post(hook: Hook, body: string, isForm: boolean): Promise<unknown> {
  const at = String(Math.floor(Date.now() / 1000));
  const own = createHmac('sha256', SIGNING_SECRET).update(`v0:${at}:${body}`).digest('hex');
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  for (;;) {
    const answer = await hook({
      method: 'POST',
      url: 'https://atom.example.com/hooks/slack',
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': at,
        'x-slack-signature': `v0=${own}`,
      },
      body: Buffer.from(body),
    }).catch(() => undefined);
    if (answer?.status === 200)
      return answer.body === undefined ? undefined : JSON.parse(answer.body);
    // Slack tries three times more; a test waits no minute for it.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  return new Promise((resolve) => {
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts)));
  });
}
