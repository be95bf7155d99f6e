import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ConnectOutcome, SendOutcome } from '../../src/bridge/memory/memory-gateway.ts';

export interface Taken {
  readonly messageId: string;
  readonly sessionKey: string;
  readonly text: string;
}

/** What a test does to the gateway that a bridge is connected to. */
export interface Peer {
  readonly url: string;
  readonly received: readonly Taken[];
  /** Every text that came, as it came. */
  readonly heard: readonly string[];
  expect(script: {
    readonly connects?: readonly ConnectOutcome[];
    readonly sends?: readonly SendOutcome[];
  }): void;
  say(sessionKey: string, text: string): void;
  cut(): void;
  close(): Promise<void>;
}

/** One client of a peer. */
export interface Client {
  send(text: string): void;
  end(): void;
}

export interface Transport {
  readonly url: string;
  close(): Promise<void>;
}

/** What a peer does with a new client: gets its texts from then on. */
export type OnClient = (client: Client) => (text: string) => void;

export async function overSocket(onClient: OnClient): Promise<Transport> {
  const folder = mkdtempSync(join(tmpdir(), 'atom-peer-'));
  const path = join(folder, 's.sock');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const take = onClient({
      send: (text) => void socket.write(`${text}\n`),
      end: () => socket.destroy(),
    });
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    url: `unix:${path}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function overWebSocket(onClient: OnClient, port = 0): Promise<Transport> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket: WebSocket) => {
    const take = onClient({ send: (text) => socket.send(text), end: () => socket.terminate() });
    socket.on('message', (data) => take(String(data)));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `ws://127.0.0.1:${address.port}`,
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
