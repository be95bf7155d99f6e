import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a program takes the answers to what it posted. */
export interface Answers {
  readonly url: string;
  /** The ids of the answers to each event, by the event's id; one that came again counts once. */
  readonly of: ReadonlyMap<string, ReadonlySet<string>>;
  close(): void;
}

export async function takeAnswers(): Promise<Answers> {
  const of = new Map<string, Set<string>>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { data } = JSON.parse(String(Buffer.concat(chunks))) as {
      readonly data: { readonly id: string; readonly inReplyTo?: string };
    };
    const event = data.inReplyTo;
    if (event !== undefined) of.set(event, (of.get(event) ?? new Set()).add(data.id));
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, of, close: () => void server.close() };
}
