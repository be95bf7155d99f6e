import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { AtomError, asAtomError } from '../base/errors.ts';
import { placeWords, type Target } from './place.ts';
import type { Wish } from './wish.ts';

/** Of an answer's headers, all together. */
const MOST_HEADER_BYTES = 32 * 1024;
const USER_AGENT = 'atom (personal agent; like curl)';

/**
 * Sends one request over a connection of its own, which ends with the signal, and gives back the answer
 * as soon as its headers are there. Throws AtomError `failed` where what comes is no answer.
 */
export async function exchange(
  socket: Duplex,
  { target, wish }: { readonly target: Target; readonly wish: Wish },
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const fail = (thrown: unknown): void => {
    socket.destroy();
    reject(signal.aborted ? signal.reason : noAnswer(target, thrown));
  };
  try {
    const outgoing = request({
      // Without an agent, which would dial by itself, or ask the environment for a proxy.
      createConnection: () => socket,
      setHost: false,
      method: wish.method,
      path: target.path,
      signal,
      maxHeaderSize: MOST_HEADER_BYTES,
      headers: headersOf(target, wish),
    });
    outgoing.on('error', fail);
    // Ends without an answer too, such as one that changes the protocol.
    outgoing.once('close', () => fail(new Error('it ended before it answered')));
    outgoing.once('response', resolve);
    outgoing.end(wish.body);
  } catch (thrown) {
    fail(thrown);
  }
  return promise;
}

function headersOf(target: Target, { headers, body }: Wish): readonly string[] {
  const name = target.host.includes(':') ? `[${target.host}]` : target.host;
  const usual = target.port === (target.secure ? 443 : 80);
  const own = {
    host: usual ? name : `${name}:${target.port}`,
    'user-agent': USER_AGENT,
    accept: 'text/html, text/*;q=0.9, application/json;q=0.9, */*;q=0.5',
    'accept-encoding': 'gzip, deflate, br',
    connection: 'close',
    ...(body === undefined ? {} : { 'content-type': typeOf(body) }),
    ...headers,
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  };
  return Object.entries(own).flat();
}

function typeOf(body: string): string {
  try {
    JSON.parse(body);
    return 'application/json';
  } catch {
    return 'text/plain; charset=utf-8';
  }
}

function noAnswer(target: Target, thrown: unknown): AtomError {
  const { message } = asAtomError(thrown);
  const tooLong = /header overflow/i.test(message);
  const why = tooLong ? 'the headers of its answer are too long' : message;
  return new AtomError('failed', `${placeWords(target)} gave no answer that can be read: ${why}.`);
}
