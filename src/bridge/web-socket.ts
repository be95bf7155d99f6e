import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import type { WebSocket } from 'ws';
import { isAddress } from '../base/address-list.ts';
import { type GatewayUrl, resolvePlain } from '../domain/plain-url.ts';
import { closeCodes } from '../protocol/close-codes.ts';
import { MAX_FRAME_BYTES } from '../protocol/limits.ts';
import { ConnectionError } from './errors.ts';
import type { Closed } from './gateway.ts';
import type { Wire } from './wire.ts';

/** A wire whose texts are kept while nobody listens, from the beginning on and after `hold`. */
export interface WebWire extends Wire {
  hold(): void;
}

/**
 * Opens a WebSocket to a gateway, and to no other address than those that were found fit for it. Rejects
 * with ConnectionError; `authentication` where the server answers 401 or 403.
 */
export async function openWebSocket(url: GatewayUrl, signal: AbortSignal): Promise<WebWire> {
  const { WebSocket } = await import('ws');
  const addresses = await resolvePlain(url, (name) => lookup(name, { all: true }));
  signal.throwIfAborted();
  const socket = new WebSocket(url.text, {
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    lookup: pinned(addresses),
  });
  const wire = wireOn(socket);
  await opened(socket, signal);
  return wire;
}

/** Answers every question for an address with those that were looked at. */
const pinned =
  (addresses: readonly string[]): LookupFunction =>
  (_name, { all }, answer) => {
    const found = addresses.map((address) => ({ address, family: familyOf(address) }));
    const [first] = found;
    if (all) answer(null, found);
    else answer(null, first?.address ?? '', first?.family ?? 4);
  };

const familyOf = (address: string): 4 | 6 => (isAddress(address) && address.includes(':') ? 6 : 4);

function opened(socket: WebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: unknown): void => {
      signal.removeEventListener('abort', aborted);
      reject(reason);
      socket.terminate();
    };
    const aborted = (): void => fail(signal.reason);
    signal.addEventListener('abort', aborted, { once: true });
    socket.once('unexpected-response', (_request, { statusCode }) => fail(answered(statusCode)));
    socket.once('error', ({ message }) =>
      fail(new ConnectionError('network', `The gateway cannot be reached: ${message}`)),
    );
    socket.once('open', () => {
      signal.removeEventListener('abort', aborted);
      resolve();
    });
  });
}

const answered = (status: number | undefined): ConnectionError =>
  status === 401 || status === 403
    ? new ConnectionError('authentication', `The gateway refused the connection (HTTP ${status}).`)
    : new ConnectionError('network', `What answered is no gateway (HTTP ${status}).`);

/** One text a message. */
function wireOn(socket: WebSocket): WebWire {
  const kept: string[] = [];
  const keep = (text: string): void => void kept.push(text);
  let onText = keep;
  let onEnd: ((why: Closed) => void) | undefined;
  let over: Closed | undefined;
  const end = (why: Closed): void => {
    if (over) return;
    over = why;
    socket.terminate();
    onEnd?.(why);
  };
  socket.on('message', (data, isBinary) => {
    if (isBinary) end({ by: 'fault', message: 'The gateway sent what is not a text.' });
    else if (!over) onText(data.toString());
  });
  socket.on('error', ({ message }) =>
    end({ by: 'fault', message: `The connection broke: ${message}` }),
  );
  socket.on('close', (code) =>
    end({
      by: 'gateway',
      message: `The gateway closed the connection (${code}).`,
      revoked: code === closeCodes.revoked,
    }),
  );
  return {
    get open() {
      return over === undefined && socket.readyState === socket.OPEN;
    },
    send: (text) => socket.send(text),
    listen(text, ended) {
      onText = text;
      onEnd = ended;
      for (const held of kept.splice(0)) onText(held);
      if (over) ended(over);
    },
    hold() {
      onText = keep;
      onEnd = undefined;
    },
    ping(onPong) {
      socket.once('pong', onPong);
      socket.ping();
    },
    end,
  };
}
