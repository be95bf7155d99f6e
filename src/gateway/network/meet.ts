import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { randomKey } from '../../base/ids.ts';
import { type ConnectionDeps, serveConnection } from '../socket/connection.ts';
import { createThrottle } from '../socket/throttle.ts';
import { type AdmitDeps, admitProved } from './admit.ts';
import type { Callers } from './callers.ts';
import { carry, lineOf } from './web-socket.ts';

export interface MeetDeps extends Pick<AdmitDeps, 'credentials' | 'identity'> {
  readonly connection: ConnectionDeps;
  readonly callers: Callers;
  readonly clock: Parameters<typeof createThrottle>[0];
  /** `connect` has this long to come. */
  readonly greetMs: number;
}

/** One client that has got through the door. */
export interface Guest {
  readonly ws: WebSocket;
  readonly socket: Duplex;
  readonly onFailed: () => void;
  /** Called once it has proved who it is. */
  readonly onProved: () => void;
}

/** Until it is let in, a client may send no more than this, all in all; a new device that waits, too. */
export const MOST_BEFORE = 16 * 1024;

/** Challenges a client, and speaks with it once it has proved who it is. */
export function meet(deps: MeetDeps, { ws, socket, onFailed, onProved }: Guest): void {
  const line = lineOf(ws, socket);
  const challenge = randomKey().toString('base64url');
  const late = setTimeout(() => line.close('late', 'connect did not come in time'), deps.greetMs);
  const stopCounting = limitBytes(socket, () => ws.terminate());
  const isProved = (): void => {
    clearTimeout(late);
    onProved();
  };
  const { credentials, identity } = deps;
  const connection = serveConnection(deps.connection, {
    line,
    admit: admitProved({
      credentials,
      identity,
      challenge,
      onFailed,
      onProved: isProved,
      onCaller: ({ id }) => {
        stopCounting();
        if (line.isOpen()) ws.on('close', deps.callers.add(id, line));
      },
    }),
    throttle: createThrottle(deps.clock),
  });
  ws.on('close', () => clearTimeout(late));
  carry(ws, socket, connection, line);
  const event = { kind: 'connect.challenge', challenge, gateway: identity.publicKey };
  line.send(JSON.stringify({ type: 'event', seq: 0, event }));
}

/** Calls `tooMuch` once more has come than a stranger may send. Returns how to stop counting. */
function limitBytes(socket: Duplex, tooMuch: () => void): () => void {
  let bytes = 0;
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > MOST_BEFORE) tooMuch();
  };
  // Before the library hears of it, so that nothing of what is too much is read.
  socket.prependListener('data', count);
  return () => socket.off('data', count);
}
