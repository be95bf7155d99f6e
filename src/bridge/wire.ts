import type { Socket } from 'node:net';
import { MAX_FRAME_BYTES } from '../protocol/limits.ts';
import type { Closed } from './gateway.ts';
import { createLines } from './lines.ts';

/** Texts to and fro, whole and in order, whatever carries them. */
export interface Wire {
  /** False once it is over: then nothing is sent. */
  readonly open: boolean;
  send(text: string): void;
  /** Set once, before anything is awaited. `onEnd` is told once, however it ends. */
  listen(onText: (text: string) => void, onEnd: (why: Closed) => void): void;
  /** Asks whether the other side is there, where what carries the texts can ask that. */
  ping?(onPong: () => void): void;
  /** Ends it at once; `onEnd` is told. */
  end(why: Closed): void;
}

/** One text a line over a Unix socket. */
export function socketWire(socket: Socket): Wire {
  const lines = createLines(MAX_FRAME_BYTES);
  let ended: (why: Closed) => void = () => undefined;
  const end = (why: Closed): void => {
    socket.destroy();
    ended(why);
    ended = () => undefined;
  };
  return {
    get open() {
      return !socket.destroyed;
    },
    send: (text) => void socket.write(`${text}\n`),
    listen(onText, onEnd) {
      ended = onEnd;
      socket.on('data', (chunk: Buffer) => {
        for (const line of lines.push(chunk) ?? ['']) if (!socket.destroyed) onText(line);
      });
      socket.on('error', ({ message }) =>
        end({ by: 'fault', message: `The connection broke: ${message}` }),
      );
      socket.on('close', () =>
        end({ by: 'gateway', message: 'The gateway closed the connection.' }),
      );
    },
    end,
  };
}
