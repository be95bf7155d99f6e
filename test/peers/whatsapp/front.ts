import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** What stands before crabline: the files of WhatsApp, which crabline has not, and the way to it. */
export interface Front {
  readonly port: number;
  /** Encrypted files by the path that they are fetched from. */
  readonly files: Map<string, Buffer>;
  close(): Promise<void>;
}

/** Takes uploads as WhatsApp does: a file under the sum of its bytes. All that is not for it is passed on. */
export async function startFront(behind: number): Promise<Front> {
  const files = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'GET') {
      const found = files.get(pathname);
      return response.writeHead(found ? 200 : 404).end(found);
    }
    const body = await bodyOf(request);
    const sum = createHash('sha256').update(body).digest('base64url');
    const isWhole =
      request.headers['content-length'] === String(body.length) &&
      pathname.endsWith(`/${sum}`) &&
      searchParams.get('token') === sum &&
      searchParams.get('auth') === 'mock';
    if (!isWhole) return response.writeHead(400).end('{}');
    const path = `/v/${sum}.enc`;
    files.set(path, body);
    const url = `https://mmg.whatsapp.net${path}`;
    return response.end(JSON.stringify({ url, direct_path: path }));
  });
  server.on('upgrade', (request, socket, head) => {
    const on = connect(behind, '127.0.0.1', () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`];
      for (let at = 0; at < request.rawHeaders.length; at += 2)
        lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
      on.write(`${lines.join('\r\n')}\r\n\r\n`);
      on.write(head);
      socket.pipe(on).pipe(socket);
    });
    on.on('error', () => socket.destroy());
    on.on('close', () => socket.destroy());
    socket.on('error', () => on.destroy());
    socket.on('close', () => on.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    files,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
