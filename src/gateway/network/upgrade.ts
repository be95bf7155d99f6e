import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { isLoopback } from '../../base/address-list.ts';
import { arrivalOf } from './arrival.ts';
import { createCrowd } from './crowd.ts';
import { checkArrival, type Endpoint } from './door.ts';
import type { Guesses } from './guesses.ts';
import { type MeetDeps, MOST_BEFORE, meet } from './meet.ts';
import { sourceOf } from './source.ts';
import type { Heartbeat } from './web-socket.ts';

export interface UpgradeDeps extends MeetDeps {
  readonly endpoint: Endpoint;
  readonly guesses: Guesses;
  readonly sockets: WebSocketServer;
  readonly heartbeat: Heartbeat;
}

/** Connections at once, all in all. */
export const MOST_CONNECTIONS = 2000;
const MOST_EACH = 200;
/** Those that have not proved who they are. */
export const MOST_UNPROVED = 64;
const MOST_UNPROVED_EACH = 16;

/** Lets WebSockets in, as far as it can be told before a word was said; the rest get a bare status. */
export function createUpgrade(
  deps: UpgradeDeps,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const { endpoint, guesses, sockets, heartbeat } = deps;
  const rooms = createRooms();
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const passage = checkArrival(endpoint, arrivalOf(request));
    if (!passage.ok) return refuse(socket, passage.status);
    if (passage.path !== '/') return refuse(socket, 404);
    const { address } = passage;
    if (guesses.isBarred(address)) return refuse(socket, 429);
    if (head.length > MOST_BEFORE) return refuse(socket, 400);
    const room = rooms.enter(sourceOf(address));
    if (!room) return refuse(socket, 503);
    socket.on('close', room.leave);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      heartbeat.follow(ws);
      const onProved = (): void => {
        room.proved();
        guesses.proved(address);
      };
      meet(deps, { ws, socket, onProved, onFailed: () => guesses.failed(address) });
    });
  };
}

interface Room {
  proved(): void;
  leave(): void;
}

/** Strangers must leave room for those who can prove who they are. */
function createRooms(): { enter(source: string): Room | undefined } {
  const all = createCrowd({
    overall: MOST_CONNECTIONS,
    each: (source) => (isLoopback(source) ? MOST_CONNECTIONS : MOST_EACH),
  });
  const unproved = createCrowd({ overall: MOST_UNPROVED, each: () => MOST_UNPROVED_EACH });
  return {
    enter: (source) => {
      const leaveAll = all.enter(source);
      if (!leaveAll) return undefined;
      const proved = unproved.enter(source);
      if (!proved) {
        leaveAll();
        return undefined;
      }
      const leave = (): void => {
        leaveAll();
        proved();
      };
      return { proved, leave };
    },
  };
}

/** Nothing but the status: whoever asks wrongly learns nothing of who answers. */
function refuse(socket: Duplex, status: number): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Length: 0',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n`, () => socket.destroy());
}
