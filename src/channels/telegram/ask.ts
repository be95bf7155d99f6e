import { request as askPlainly, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as askSecurely } from 'node:https';
import { Readable } from 'node:stream';

/** One request to the Bot API. */
export interface Question {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** A file goes out in pieces. */
  readonly body?: string | ReadableStream<Uint8Array>;
  readonly signal: AbortSignal;
}

/** Beyond this a connection that is still being made is given up, name look-up and TLS and all. */
const CONNECT_MS = 10_000;

/**
 * Asks, and resolves once the head of the answer is there; the signal ends what follows as well. By `node:http`, for
 * `fetch` brings a client of the web that costs a gateway some 20 MB. Its agent keeps connections for some seconds, which
 * keeps no process alive, and knows the proxy that Node was told of. Nothing is tried again. Redirects are errors, for
 * they would carry the token elsewhere.
 */
export async function ask(url: string, question: Question): Promise<IncomingMessage> {
  const { method = 'GET', headers, body = '', signal } = question;
  signal.throwIfAborted();
  const isSecure = URL.parse(url)?.protocol === 'https:';
  const outgoing = (isSecure ? askSecurely : askPlainly)(url, {
    method,
    headers: { ...headers, 'accept-encoding': 'identity' },
    signal,
  });
  const response = answerTo(outgoing);
  limitConnecting(outgoing, isSecure ? 'secureConnect' : 'connect');
  if (typeof body === 'string') outgoing.end(body);
  else sendPieces(body, outgoing);
  return response;
}

function sendPieces(body: AsyncIterable<Uint8Array>, outgoing: ClientRequest): void {
  const pieces = Readable.from(body);
  // A pipeline would end the request without a word about why.
  pieces.on('error', (error) => outgoing.destroy(error));
  outgoing.once('close', () => pieces.destroy());
  pieces.pipe(outgoing);
}

async function answerTo(outgoing: ClientRequest): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  outgoing.once('response', resolve);
  outgoing.on('error', reject);
  // Ends without an answer too, such as one that changes the protocol.
  outgoing.once('close', () => reject(new Error('it ended before it answered')));
  const response = await promise;
  const { statusCode: status = 0 } = response;
  if (status >= 300 && status < 400) {
    outgoing.destroy();
    throw new Error('unexpected redirect');
  }
  // Who has answered before all was sent may never read the rest.
  response.once('end', () => {
    if (!outgoing.writableFinished) outgoing.destroy();
  });
  return response;
}

/** A connection that does not come about is told as one that was refused: nothing can have arrived. */
function limitConnecting(outgoing: ClientRequest, made: 'connect' | 'secureConnect'): void {
  const late = setTimeout(() => {
    outgoing.destroy(
      Object.assign(new Error('no connection'), { code: 'ETIMEDOUT', syscall: 'connect' }),
    );
  }, CONNECT_MS);
  const inTime = (): void => clearTimeout(late);
  outgoing.once('close', inTime);
  outgoing.once('socket', (socket) => {
    // One that was kept, or led through a proxy, is made already.
    if (socket.connecting) socket.once(made, inTime);
    else inTime();
  });
}
