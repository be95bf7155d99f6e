import {
  createServer,
  type IncomingMessage,
  request as requestOf,
  type ServerResponse,
} from 'node:http';

/** One call of the gateway to somebody outside. `method` is the last part of its path. */
export interface Call {
  readonly method: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * A moment in the life of a call: it `arrived` here, the other side has `accepted` it (and the gateway does
 * not know yet), it was `answered`.
 */
export interface Moment {
  readonly phase: 'arrived' | 'accepted' | 'answered';
  readonly call: Call;
  /** What the other side said; absent where the call only arrived. */
  readonly answer?: string;
}

/** What is done to one call. Those with `after` let the other side act first, and lose its answer. */
export type Deed =
  | 'pass'
  | 'reset'
  | 'reset after'
  | 'silence'
  | 'silence after'
  | { readonly status: number; readonly body: object }
  /** The other side acts; its answer is held back until then. */
  | { readonly until: Promise<unknown> };

/** Everything between the gateway and one server outside, with somebody's hand on it. */
export interface Wire {
  /** To be used in place of the server's own address. */
  readonly root: string;
  /** Decides what is done to each call from now on. */
  rule(decide: (call: Call) => Deed): void;
  watch(look: (moment: Moment) => void): () => void;
  /** Lets go of every connection, those that were left in silence as well. */
  cut(): void;
  close(): Promise<void>;
}

/** A proxy for one server outside, such as `http://127.0.0.1:8080`. */
export async function layWire(target: string): Promise<Wire> {
  const watchers = new Set<(moment: Moment) => void>();
  let decide: (call: Call) => Deed = () => 'pass';
  const tell = (moment: Moment): void => {
    for (const look of watchers) look(moment);
  };
  const server = createServer((request, response) => {
    // Whoever hangs up, on either side, is no fault of this process.
    carry(request, response).catch(() => response.socket?.destroy());
  });
  const carry = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sent = await textOf(request);
    const call = callOf(request, sent);
    tell({ phase: 'arrived', call });
    const deed = decide(call);
    if (deed === 'silence') return;
    if (deed === 'reset') return void response.socket?.resetAndDestroy();
    if (typeof deed === 'object' && 'status' in deed) return refuse(response, deed);
    const answer = await forward(target, request, { sent, response });
    tell({ phase: 'accepted', call, answer: answer.text });
    if (deed === 'silence after') return;
    if (deed === 'reset after') return void response.socket?.resetAndDestroy();
    if (typeof deed === 'object') await deed.until;
    response.writeHead(answer.status, { 'content-type': answer.type });
    response.end(answer.text, () => tell({ phase: 'answered', call, answer: answer.text }));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    root: `http://127.0.0.1:${address.port}`,
    rule: (next) => {
      decide = next;
    },
    watch: (look) => {
      watchers.add(look);
      return () => watchers.delete(look);
    },
    cut: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function callOf(request: IncomingMessage, sent: string): Call {
  const method = request.url?.split('?', 1)[0]?.split('/').at(-1) ?? '';
  return { method, body: sent === '' ? {} : JSON.parse(sent) };
}

function refuse(
  response: ServerResponse,
  { status, body }: { readonly status: number; readonly body: object },
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function forward(
  target: string,
  { url, method, headers }: IncomingMessage,
  { sent, response }: { readonly sent: string; readonly response: ServerResponse },
): Promise<Answer> {
  const { host: _, connection: __, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const request = requestOf(target + url, { method, headers: kept }, (answer) => {
      textOf(answer).then(
        (text) =>
          resolve({
            status: answer.statusCode ?? 502,
            type: answer.headers['content-type'] ?? 'application/json',
            text,
          }),
        reject,
      );
    });
    request.on('error', reject).end(sent);
    // A gateway that was killed no longer polls.
    response.on('close', () => {
      if (!response.writableFinished) request.destroy();
    });
  });
}

async function textOf(message: IncomingMessage): Promise<string> {
  message.setEncoding('utf8');
  let text = '';
  for await (const part of message) text += part;
  return text;
}
