import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A Bot API in memory that refuses nothing: fast enough to be no part of what is measured. */
export interface BusyTelegram {
  readonly apiRoot: string;
  /** A person writes to the bot in a chat of their own. */
  say(chat: number, text: string): void;
  /** Until the bot asked for what comes after each message, in ms: then Telegram forgets it. */
  readonly acknowledged: readonly number[];
  /** Until the reply to each message arrived, in ms. */
  readonly replied: readonly number[];
  /** How many messages of a chat have no reply yet. */
  open(chat: number): number;
  close(): Promise<void>;
}

interface Update {
  readonly update_id: number;
  readonly message: object;
}

export async function startBusyTelegram(): Promise<BusyTelegram> {
  const [acknowledged, replied]: [number[], number[]] = [[], []];
  const toldAt: number[] = [];
  const unanswered = new Map<number, number[]>();
  let waiting: Update[] = [];
  let poll: ServerResponse | undefined;
  const handOut = (): void => {
    if (!poll || waiting.length === 0) return;
    answer(poll, waiting.slice(0, 100));
    poll = undefined;
  };
  const getUpdates = (offset: number, response: ServerResponse): void => {
    const now = performance.now();
    while (acknowledged.length < Math.min(offset - 1, toldAt.length))
      acknowledged.push(now - (toldAt[acknowledged.length] ?? now));
    waiting = waiting.filter(({ update_id }) => update_id >= offset);
    poll = response;
    handOut();
  };
  const sendMessage = (chat: number, response: ServerResponse): void => {
    const at = unanswered.get(chat)?.shift();
    if (at !== undefined) replied.push(performance.now() - at);
    answer(response, { message_id: replied.length });
  };
  const server = createServer(async (request, response) => {
    const { offset = 0, chat_id: chat = 0 } = await bodyOf(request);
    if (request.url?.endsWith('/getUpdates')) return getUpdates(offset, response);
    if (request.url?.endsWith('/sendMessage')) return sendMessage(chat, response);
    answer(response, { id: 1, is_bot: true, username: 'busy_bot' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    acknowledged,
    replied,
    apiRoot: `http://127.0.0.1:${address.port}`,
    say(chat, text) {
      const now = performance.now();
      const id = toldAt.push(now);
      unanswered.set(chat, [...(unanswered.get(chat) ?? []), now]);
      waiting.push({ update_id: id, message: messageOf(chat, id, text) });
      handOut();
    },
    open: (chat) => unanswered.get(chat)?.length ?? 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const messageOf = (id: number, message_id: number, text: string) => ({
  message_id,
  text,
  date: Math.floor(Date.now() / 1000),
  from: { id, is_bot: false, first_name: 'Somebody' },
  chat: { id, type: 'private', first_name: 'Somebody' },
});

function answer(response: ServerResponse, result: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: true, result }));
}

async function bodyOf(request: IncomingMessage): Promise<{ offset?: number; chat_id?: number }> {
  let text = '';
  for await (const part of request) text += part;
  return text === '' ? {} : JSON.parse(text);
}
