import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export const TOKEN = 'token-of-the-hub-1234';

interface Post {
  readonly id: number;
  readonly from: string;
  readonly text: string;
}

/** A place where people leave messages: what is not taken away is handed out again. */
export async function startHub() {
  let waiting: readonly Post[] = [];
  let last = 0;
  const polls = new Set<ServerResponse>();
  const sent: { id: string; to: string; text: string }[] = [];
  const bring = (): void => {
    if (waiting.length === 0) return;
    for (const answer of polls) answer.end(JSON.stringify(waiting));
    polls.clear();
  };
  const take = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    if (asked.headers.authorization !== `Bearer ${TOKEN}`) return void answer.writeHead(401).end();
    if (asked.url === '/messages/me') return void answer.end('{"name":"atom at the hub"}');
    if (asked.method === 'GET') {
      polls.add(answer);
      answer.once('close', () => polls.delete(answer));
      return bring();
    }
    if (asked.method === 'DELETE') {
      waiting = waiting.filter(({ id }) => `/messages/${id}` !== asked.url);
      return void answer.end('{}');
    }
    const { to, text } = (await json(asked)) as { readonly to: string; readonly text: string };
    if (to === 'nowhere') return void answer.writeHead(404).end();
    sent.push({ id: `s${sent.length + 1}`, to, text });
    answer.end(JSON.stringify(sent.at(-1)));
  };
  const server = createServer((asked, answer) => void take(asked, answer));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sent: sent as readonly { readonly id: string; readonly to: string; readonly text: string }[],
    say: (text: string, from = 'dana'): void => {
      waiting = [...waiting, { id: ++last, from, text }];
      bring();
    },
    /** As nobody had said anything yet. */
    empty: (): void => {
      waiting = [];
      sent.length = 0;
    },
    cut: (): void => server.closeAllConnections(),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type Hub = Awaited<ReturnType<typeof startHub>>;
