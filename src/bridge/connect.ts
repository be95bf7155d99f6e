import type { Socket } from 'node:net';
import { AtomError } from '../base/errors.ts';
import type { Answers } from '../protocol/answers.ts';
import { MAX_FRAME_BYTES, PROTOCOL } from '../protocol/limits.ts';
import type { Method, Params } from '../protocol/methods.ts';
import { type Calls, createCalls } from './calls.ts';
import { createEvents, type Events } from './events.ts';
import type { Closed, Gateway, RequestOptions } from './gateway.ts';
import { createLines } from './lines.ts';
import { readServerFrame } from './server-frame.ts';
import { openSocket } from './socket.ts';

export interface ConnectOptions {
  readonly socketPath: string;
  readonly client: 'ui' | 'cli';
  /** True to be told what happens. */
  readonly events: boolean;
  /** Gives up connecting; an open connection is ended with `close`. */
  readonly signal?: AbortSignal;
}

/**
 * Connects to the gateway that runs behind a Unix socket. Throws AtomError `not-running` where none
 * does, and the gateway's own refusal where it speaks another protocol.
 */
export async function connectGateway(options: ConnectOptions): Promise<Gateway> {
  const { client, events: wanted, signal } = options;
  const socket = await openSocket(options.socketPath, signal);
  const calls = createCalls();
  const events = createEvents();
  const { closed, close } = listen(socket, calls, events);
  const request = sender(socket, calls);
  try {
    const greeting = { protocol: PROTOCOL, client, events: wanted };
    const hello = await request('connect', greeting, signal ? { signal } : {});
    return { hello, request, on: events.on, closed, close };
  } catch (refused) {
    close();
    throw refused;
  }
}

/** Reads frames until the line ends, however it ends. */
function listen(
  socket: Socket,
  calls: Calls,
  events: Events,
): { readonly closed: Promise<Closed>; readonly close: () => void } {
  const lines = createLines(MAX_FRAME_BYTES);
  const { promise, resolve } = Promise.withResolvers<Closed>();
  const end = (why: Closed): void => {
    resolve(why);
    calls.failAll(over(why));
    socket.destroy();
  };
  socket.on('data', (chunk: Buffer) => {
    for (const line of lines.push(chunk) ?? ['']) {
      const frame = readServerFrame(line);
      if (!frame) return end({ by: 'fault', message: 'The gateway sent what is not a frame.' });
      if (frame.type === 'event') events.emit(frame.event);
      else calls.settle(frame);
    }
  });
  socket.on('error', ({ message }) =>
    end({ by: 'fault', message: `The connection broke: ${message}` }),
  );
  socket.on('close', () => end({ by: 'gateway', message: 'The gateway closed the connection.' }));
  return {
    closed: promise,
    close: () => end({ by: 'us', message: 'The connection was closed here.' }),
  };
}

function sender(socket: Socket, calls: Calls): Gateway['request'] {
  let count = 0;
  return async <M extends Method>(method: M, params: Params<M>, options: RequestOptions = {}) => {
    options.signal?.throwIfAborted();
    if (socket.destroyed) throw over({ by: 'gateway', message: 'The connection is over.' });
    const id = String(++count);
    const line = `${JSON.stringify({ type: 'req', id, method, params })}\n`;
    if (Buffer.byteLength(line) > MAX_FRAME_BYTES) {
      throw new AtomError('usage', `That is too long to send (over ${MAX_FRAME_BYTES} bytes).`);
    }
    const answer = calls.wait(id, method, options);
    socket.write(line);
    return (await answer) as Answers[M];
  };
}

const over = ({ message }: Closed): AtomError =>
  new AtomError('not-running', message, { next: ['Start it:   atom start'] });
