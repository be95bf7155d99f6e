import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { systemCode } from '../../base/errors.ts';
import { createLines } from '../lines.ts';
import { createCalls } from './calls.ts';
import { type Params, type Take, type Wire, WireError } from './wire.ts';

/** A file of 25 MB as base64, and what stands around it. */
const MOST_LINE_BYTES = 40 * 1024 * 1024;

/** JSON-RPC, one frame a line, over TCP or a Unix socket. Throws WireError where nothing listens. */
export async function openSocketWire(
  where: NetConnectOpts,
  take: Take,
  signal: AbortSignal,
): Promise<Wire> {
  const socket = await connected(where, signal);
  const calls = createCalls();
  const broken = Promise.withResolvers<string>();
  let subscription: unknown;
  const end = (why: string): void => {
    broken.resolve(why);
    calls.loseAll(why);
    socket.destroy();
  };
  const read = readerFor((frame) => {
    if (!calls.settle(frame)) take(frame);
  });
  socket.on('data', (chunk: Buffer) => {
    const wrong = read(chunk);
    if (wrong !== undefined) end(`it sent ${wrong}`);
  });
  socket.on('error', (error) => end(`the connection broke (${systemCode(error) ?? 'unknown'})`));
  socket.on('close', () => end('it has closed the connection'));
  const call = async (method: string, params: Params, until: AbortSignal): Promise<unknown> => {
    if (socket.destroyed) throw new WireError('the connection is closed', false);
    const { id, answer } = calls.begin(until);
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return answer;
  };
  return {
    call,
    async receive(account, until) {
      subscription = await call('subscribeReceive', account, until);
    },
    async rest(until) {
      if (typeof subscription !== 'number' || socket.destroyed) return;
      await call('unsubscribeReceive', { subscription }, until).catch(() => undefined);
    },
    isBusy: () => !calls.isEmpty(),
    broken: broken.promise,
    close: () => end('closed'),
  };
}

function connected(where: NetConnectOpts, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ ...where, keepAlive: true, noDelay: true });
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      socket.destroy();
      reject(new WireError(why, false));
    };
    const late = (): void => fail('it did not take the connection in time');
    socket.once('error', (error) => fail(systemCode(error) ?? error.message));
    signal.addEventListener('abort', late, { once: true });
    socket.once('connect', () => {
      signal.removeEventListener('abort', late);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

/** Hands on each frame; says what is wrong with the first that is none, after which nothing is worth reading. */
function readerFor(frame: (frame: unknown) => void): (chunk: Uint8Array) => string | undefined {
  const cut = createLines(MOST_LINE_BYTES);
  return (chunk) => {
    try {
      for (const line of cut(chunk)) if (line.trim() !== '') frame(JSON.parse(line));
      return undefined;
    } catch (thrown) {
      return thrown instanceof RangeError ? thrown.message : 'something that is no JSON';
    }
  };
}
