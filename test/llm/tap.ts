import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the tap itself answers to the next request. */
export interface Next {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Says nothing more after the body, and does not end. */
  readonly hangs?: boolean;
}

/** A request as it came. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Stands in front of a model server: sees what is sent, byte for byte, and may answer in its place. */
export async function openTap(target: string) {
  const bodies: string[] = [];
  const asked: Asked[] = [];
  const next: Next[] = [];
  const open = new Set<ServerResponse>();
  let left = 0;
  let onLeft: (() => void) | undefined;
  const leave = (): void => {
    left += 1;
    onLeft?.();
  };
  const server = createServer(async (req, res) => {
    const body = await textOf(req);
    bodies.push(body);
    asked.push({ path: req.url ?? '', headers: req.headers, body });
    open.add(res);
    res.on('close', () => {
      open.delete(res);
      if (!res.writableEnded) leave();
    });
    const mine = next.shift();
    if (mine) return answer(res, mine);
    const { host: _, ...headers } = req.headers;
    const onward = request(`${target}${req.url}`, { method: req.method, headers }, (from) => {
      res.writeHead(from.statusCode ?? 500, from.headers);
      from.pipe(res);
      from.on('error', () => res.destroy());
    });
    onward.on('error', () => res.destroy());
    res.on('close', () => onward.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    bodies,
    /** The same requests, whole. */
    asked,
    /** As a server of this machine. */
    here: `http://127.0.0.1:${port}`,
    /** The same, as one beyond it: only there a provider is asked again. */
    away: `http://0.0.0.0:${port}`,
    /** How many answers were left before they ended. */
    left: () => left,
    /** Resolves as soon as the socket of an answer is seen closed before its end. */
    whenLeft: () => new Promise<void>((done) => (onLeft = done)),
    /** Breaks off what is being answered. */
    cut: () => {
      for (const res of open) res.destroy();
    },
    next: (...answers: readonly Next[]) => void next.push(...answers),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(res: ServerResponse, { status, headers, body, hangs }: Next): void {
  const type =
    body.startsWith('data:') || body.startsWith('event:')
      ? 'text/event-stream'
      : 'application/json';
  res.writeHead(status, { 'content-type': type, ...headers });
  if (hangs === true) res.write(body);
  else res.end(body);
}

async function textOf(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}

/** Server-sent events, one object each. */
export const events = (...objects: readonly object[]): string =>
  objects
    .map((one) => `${'type' in one ? `event: ${one.type}\n` : ''}data: ${JSON.stringify(one)}\n\n`)
    .join('');
