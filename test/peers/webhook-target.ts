import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebhookTarget {
  readonly url: string;
  readonly bodies: readonly Record<string, unknown>[];
  /** Answers the next post like that; 204 to all others. */
  next(status: number, headers?: Record<string, string>): void;
  close(): Promise<void>;
}

/** A server that takes what is posted to it. */
export async function startWebhookTarget(
  path = '/api/webhooks/1/secret-part',
): Promise<WebhookTarget> {
  const bodies: Record<string, unknown>[] = [];
  const answers: [number, Record<string, string>][] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      bodies.push(JSON.parse(text));
      const [status, headers] = answers.shift() ?? [204, {}];
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    bodies,
    next: (status, headers = {}) => void answers.push([status, headers]),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
