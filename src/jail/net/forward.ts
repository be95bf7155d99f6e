import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { carriedHeaders } from './carried-headers.ts';
import type { Reach } from './reach.ts';
import { NOT_A_PROXY_REQUEST } from './refusal.ts';
import { requestTarget } from './target.ts';
import { IDLE_MS } from './tunnel.ts';

/**
 * Passes on one plain HTTP request, where its host may be reached. It is written anew from what was
 * read of it, with the host that was checked, so nobody further on can take it for something else.
 */
export async function forward(
  reach: Reach,
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const found = requestTarget(asked.url ?? '');
  if (!found) return refuse(answer, 400, NOT_A_PROXY_REQUEST);
  const { host, port } = found.target;
  const reached = await reach(found.target);
  if (!reached.ok) return refuse(answer, reached.status, reached.why);
  const { socket } = reached;
  if (answer.destroyed) return void socket.destroy();
  const outgoing = request({
    // Without an agent, which would dial by itself.
    createConnection: () => socket,
    setHost: false,
    method: asked.method,
    path: found.path,
    headers: [
      ...['Host', port === 80 ? host : `${host}:${port}`],
      ...carriedHeaders(asked.rawHeaders),
      // The body is framed as it was: by its length, or in chunks.
      ...(asked.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked']),
      ...['Connection', 'close'],
    ],
  });
  const fail = (): void => {
    socket.destroy();
    if (answer.headersSent) answer.destroy();
    else refuse(answer, 502, `${host} gave no answer that can be read.`);
  };
  socket.setTimeout(IDLE_MS, fail);
  outgoing.on('error', fail);
  // Ends without an answer too, such as one that changes the protocol.
  outgoing.once('close', () => answer.headersSent || fail());
  outgoing.on('response', (response) => passBack({ response, answer }, fail));
  answer.once('close', () => socket.destroy());
  pipeline(asked, outgoing, (error) => error && fail());
}

interface Back {
  readonly response: IncomingMessage;
  readonly answer: ServerResponse;
}

function passBack({ response, answer }: Back, fail: () => void): void {
  try {
    answer.sendDate = false;
    answer.writeHead(response.statusCode ?? 502, [...carriedHeaders(response.rawHeaders)]);
    pipeline(response, answer, (error) => error && fail());
  } catch {
    // What a server may send and Node will not write is no answer either.
    fail();
  }
}

/** Answers in words; `why` is one safe line. */
function refuse(answer: ServerResponse, status: number, why: string): void {
  answer.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  answer.end(`atom: ${why}\n`);
}
