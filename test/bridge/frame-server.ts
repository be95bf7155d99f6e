import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Request {
  readonly id: string;
  readonly method: string;
  readonly params: unknown;
}

export interface FrameServer {
  readonly socketPath: string;
  readonly requests: Request[];
  /** Sends raw bytes to every client. */
  send(bytes: string | Uint8Array): void;
  /** Hangs up on every client. */
  hangUp(): void;
  close(): void;
}

export const HELLO = {
  protocol: 1,
  profile: 'default',
  version: '0.1.0',
  pid: 7,
  startedAt: 5,
  boot: 'b1',
  seq: 0,
  gap: false,
  scopes: ['read'],
};

/** A gateway of a few lines: says hello, and answers the rest as it is told. */
export async function frameServer(
  answer: (request: Request, socket: Socket) => void = () => undefined,
): Promise<FrameServer> {
  const folder = mkdtempSync(join(tmpdir(), 'atom-bridge-'));
  const socketPath = join(folder, 'gateway.sock');
  const requests: Request[] = [];
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const request = JSON.parse(line) as Request;
        requests.push(request);
        if (request.method === 'connect') reply(socket, request.id, HELLO);
        else answer(request, socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    socketPath,
    requests,
    send: (line) => {
      for (const socket of clients) socket.write(line);
    },
    hangUp: () => {
      for (const socket of clients) socket.destroy();
    },
    close: () => {
      for (const socket of clients) socket.destroy();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const reply = (socket: Socket, id: string, payload: unknown): void => {
  socket.write(`${JSON.stringify({ type: 'res', id, ok: true, payload })}\n`);
};

export const refuse = (socket: Socket, id: string, error: unknown): void => {
  socket.write(`${JSON.stringify({ type: 'res', id, ok: false, error })}\n`);
};

export const eventFrame = (seq: number, event: unknown): string =>
  `${JSON.stringify({ type: 'event', seq, event })}\n`;
