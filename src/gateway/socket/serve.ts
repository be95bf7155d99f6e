import type { Socket } from 'node:net';
import { MAX_FRAME_BYTES } from '../../protocol/limits.ts';
import { admitOwner } from './admit.ts';
import { type ConnectionDeps, serveConnection } from './connection.ts';
import type { Line } from './line.ts';
import { type Listening, listenOn } from './listen.ts';
import { writeTogether } from './together.ts';

/** Takes a profile's socket and serves whoever connects. Throws AtomError `already-running`. */
export const serveOn = (path: string, deps: ConnectionDeps): Promise<Listening> =>
  listenOn(path, (socket) => serveSocket(deps, socket));

/** Serves one client of the profile's own socket: the owner, one frame a line. */
export function serveSocket(deps: ConnectionDeps, socket: Socket): void {
  let rest = Buffer.alloc(0);
  const line = lineOf(socket);
  const connection = serveConnection(deps, { line, admit: admitOwner });
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0 && line.isOpen(); end = rest.indexOf(10)) {
      connection.receive(rest.subarray(0, end).toString('utf8'));
      rest = rest.subarray(end + 1);
    }
    if (!line.isOpen()) rest = Buffer.alloc(0);
    if (rest.length > MAX_FRAME_BYTES) socket.destroy();
  });
  socket.on('drain', connection.drained);
  socket.on('error', () => socket.destroy());
  socket.on('close', connection.closed);
}

function lineOf(socket: Socket): Line {
  let closed = false;
  const together = writeTogether(socket);
  return {
    send: (frame) => {
      together();
      socket.write(`${frame}\n`);
    },
    buffered: () => socket.writableLength,
    isOpen: () => !closed && !socket.destroyed,
    close: (kind) => {
      closed = true;
      // Who reads nothing would never take the rest.
      if (kind === 'slow') socket.destroy();
      else socket.destroySoon();
    },
  };
}
