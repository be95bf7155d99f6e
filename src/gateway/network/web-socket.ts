import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { closeCodes } from '../../protocol/close-codes.ts';
import type { Connection } from '../socket/connection.ts';
import type { Line } from '../socket/line.ts';
import { writeTogether } from '../socket/together.ts';

/** The way to a client of the network: one frame is one message of text. `socket` is what carries `ws`. */
export function lineOf(ws: WebSocket, socket: Duplex): Line {
  let closed = false;
  const together = writeTogether(socket);
  return {
    send: (frame) => {
      together();
      ws.send(frame);
    },
    buffered: () => ws.bufferedAmount,
    isOpen: () => !closed && ws.readyState === ws.OPEN,
    close: (kind, reason) => {
      if (closed) return;
      closed = true;
      ws.close(closeCodes[kind], reason);
    },
  };
}

/** Hands what comes to a connection, until it is over. */
export function carry(ws: WebSocket, socket: Duplex, connection: Connection, line: Line): void {
  ws.on('message', (data, isBinary) => {
    if (isBinary) line.close('malformed', 'frames are text');
    else connection.receive(String(data));
  });
  socket.on('drain', connection.drained);
  // What breaks RFC 6455 or the limits is answered by the library, and closed.
  ws.on('error', () => undefined);
  ws.on('close', connection.closed);
}

/** Ends connections whose other end answers nothing any more. */
export interface Heartbeat {
  follow(ws: WebSocket): void;
  stop(): void;
}

const BEAT_MS = 30_000;

/** Asks each client twice a minute; who has not answered by the next time is let go. */
export function createHeartbeat(): Heartbeat {
  const waiting = new Map<WebSocket, boolean>();
  const timer = setInterval(() => {
    for (const [ws, answered] of waiting) {
      if (!answered) ws.terminate();
      waiting.set(ws, false);
      ws.ping();
    }
  }, BEAT_MS).unref();
  return {
    follow: (ws) => {
      waiting.set(ws, true);
      ws.on('pong', () => waiting.set(ws, true));
      ws.on('close', () => waiting.delete(ws));
    },
    stop: () => clearInterval(timer),
  };
}
