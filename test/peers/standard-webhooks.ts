import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { newId } from '../../src/base/ids.ts';
import type { Hook, HookAnswer } from '../../src/domain/hook.ts';

export interface Received {
  readonly id: string;
  readonly data: {
    readonly text: string;
    readonly session: string;
    readonly id: string;
    readonly thread?: string;
  };
}

/** A program that posts to us and takes our answers, with the library of Standard Webhooks itself. */
export async function startProgram() {
  const secrets = { in: secretOf('in'), out: secretOf('out') };
  const received: Received[] = [];
  /** What to answer next, in place of taking it. */
  const refusals: { readonly status: number; readonly headers?: Record<string, string> }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const refusal = refusals.shift();
      if (refusal) return response.writeHead(refusal.status, refusal.headers).end('no');
      try {
        const headers = request.headers as Record<string, string>;
        const { data } = new Webhook(secrets.out).verify(
          Buffer.concat(chunks),
          headers,
        ) as Received;
        const id = headers['webhook-id'] ?? '';
        if (!received.some((one) => one.id === id)) received.push({ id, data });
        response.writeHead(204).end();
      } catch {
        response.writeHead(401).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let hook: Hook | undefined;
  /** A request as the library signs it. */
  const signed = (body: string, { id = newId(), at = new Date(), secret = secrets.in } = {}) => ({
    method: 'POST' as const,
    url: 'https://atom.example.com/hooks/webhook',
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    },
    body: Buffer.from(body),
  });
  return {
    secrets,
    received,
    refusals,
    signed,
    url: `http://127.0.0.1:${port}/answers?of=atom`,
    answerWith: (given: Hook) => {
      hook = given;
    },
    post: async (body: object | string, options = {}): Promise<HookAnswer> => {
      if (!hook) throw new Error('nobody answers');
      return hook(signed(typeof body === 'string' ? body : JSON.stringify(body), options));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const secretOf = (name: string): string =>
  `whsec_${Buffer.from(name.padEnd(32, '.')).toString('base64')}`;
