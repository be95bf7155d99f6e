import { request as ask, createServer } from 'node:http';

export interface Tunnel {
  /** Where the Bot API is to be asked, so that its webhook is led home. */
  readonly apiRoot: string;
  close(): Promise<void>;
}

/**
 * Stands before a Bot API on loopback: a webhook that is set to a public address is set to one of this
 * machine instead, as a tunnel would lead it, and told as it was said.
 */
export async function openTunnel(
  apiRoot: string,
  { publicUrl, home }: { readonly publicUrl: string; readonly home: string },
): Promise<Tunnel> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const isSet = request.url?.endsWith('/setWebhook') ?? false;
    const said = isSet ? Buffer.from(String(body).replaceAll(publicUrl, home)) : body;
    const onward = ask(
      `${apiRoot}${request.url}`,
      {
        method: request.method ?? 'GET',
        headers: { ...request.headers, host: new URL(apiRoot).host, 'content-length': said.length },
      },
      async (answer) => {
        const told: Buffer[] = [];
        for await (const part of answer) told.push(part);
        const text = String(Buffer.concat(told)).replaceAll(home, publicUrl);
        response.writeHead(answer.statusCode ?? 502, { 'content-type': 'application/json' });
        response.end(text);
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    onward.end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    apiRoot: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
