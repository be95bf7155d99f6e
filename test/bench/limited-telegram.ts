import { createServer, type IncomingMessage } from 'node:http';

/** What a bot that sent through it came to. */
export interface Tally {
  sent: number;
  refused: number;
  /** Messages that came after a later one of their chat. */
  disordered: number;
  firstAt: number;
  lastAt: number;
}

export interface LimitedTelegram {
  readonly apiRoot: string;
  readonly tally: Tally;
}

/** A Bot API that holds to the published limits; each message's text is its number in its chat. */
export async function startLimitedTelegram(): Promise<LimitedTelegram> {
  const tally: Tally = { sent: 0, refused: 0, disordered: 0, firstAt: 0, lastAt: 0 };
  const limits = publishedLimits();
  const last = new Map<number, number>();
  const server = createServer(async (request, response) => {
    const { chat_id: chat = 0, text = '' } = await bodyOf(request);
    const now = performance.now();
    response.setHeader('content-type', 'application/json');
    tally.firstAt ||= now;
    const wait = limits(chat, now);
    if (wait > 0) {
      tally.refused += 1;
      response.writeHead(429);
      return response.end(
        JSON.stringify({
          ok: false,
          error_code: 429,
          description: `Too Many Requests: retry after ${wait}`,
          parameters: { retry_after: wait },
        }),
      );
    }
    const n = Number(text);
    if (n < (last.get(chat) ?? -1)) tally.disordered += 1;
    last.set(chat, n);
    tally.sent += 1;
    tally.lastAt = now;
    response.end(JSON.stringify({ ok: true, result: { message_id: tally.sent } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { apiRoot: `http://127.0.0.1:${address.port}`, tally };
}

/** A fiftieth early is let pass. */
const CHAT_MS = 980;

/** core.telegram.org/bots/faq: 30 a second, 1 a second to a chat, 20 a minute to a group. Seconds to wait. */
function publishedLimits(): (chat: number, now: number) => number {
  const sent = new Map<number, number[]>();
  let all: number[] = [];
  return (chat, now) => {
    all = all.filter((at) => now - at < 1000);
    const mine = (sent.get(chat) ?? []).filter((at) => now - at < 60_000);
    if (all.length >= 30 || now - (mine.at(-1) ?? Number.NEGATIVE_INFINITY) < CHAT_MS) return 1;
    if (chat < 0 && mine.length >= 20) return Math.ceil((60_000 - now + (mine[0] ?? now)) / 1000);
    all.push(now);
    sent.set(chat, [...mine, now]);
    return 0;
  };
}

async function bodyOf(request: IncomingMessage): Promise<{ chat_id?: number; text?: string }> {
  let text = '';
  for await (const part of request) text += part;
  return text === '' ? {} : JSON.parse(text);
}
