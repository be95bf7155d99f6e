import { createServer } from 'node:net';

/** A port of this machine that nobody inside a jail may reach. */
export interface Loopback {
  readonly port: number;
  /** True once anybody has connected. */
  reached(): boolean;
  close(): void;
}

/** Listens on a free port of 127.0.0.1. */
export async function listenOnLoopback(): Promise<Loopback> {
  let reached = false;
  const server = createServer((socket) => {
    reached = true;
    socket.destroy();
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, reached: () => reached, close: () => server.close() };
}
