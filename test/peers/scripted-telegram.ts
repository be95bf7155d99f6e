import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the server does with one call: an answer, `reset` to cut the line, `silence` to keep it open. */
export type Answer =
  | 'reset'
  | 'silence'
  | {
      readonly status: number;
      readonly body: object | string | Buffer;
      readonly location?: string;
    };

export interface ScriptedTelegram {
  readonly apiRoot: string;
  readonly token: string;
  /** Queues an answer for the next call of a method; without one a call succeeds. */
  next(method: string, answer: Answer): void;
  /** The bodies of all calls of a method, oldest first. */
  calls(method: string): readonly Record<string, unknown>[];
  close(): Promise<void>;
}

/** The token of the scripted bot, shaped like a real one so that leaks of it can be looked for. */
const TOKEN = '777000777:AAscripted-token-that-must-never-show';

/** A Bot API that says what no other peer can be made to say: 401, 429, 5xx, cut connections. */
export async function startScriptedTelegram(): Promise<ScriptedTelegram> {
  const answers = new Map<string, Answer[]>();
  let webhook = '';
  const seen: { method: string; body: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    const method = request.url?.split('/').at(-1) ?? '';
    const body = await bodyOf(request);
    seen.push({ method, body });
    if (method === 'setWebhook') webhook = String(body.url);
    reply(response, answers.get(method)?.shift() ?? usual(method, webhook));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    apiRoot: `http://127.0.0.1:${address.port}`,
    token: TOKEN,
    next: (method, answer) => void answers.set(method, [...(answers.get(method) ?? []), answer]),
    calls: (method) => seen.filter((call) => call.method === method).map(({ body }) => body),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A refusal in the Bot API's own form. */
export const refusal = (status: number, description: string, parameters = {}): Answer => ({
  status,
  body: { ok: false, error_code: status, description, parameters },
});

export const success = (result: unknown): Answer => ({ status: 200, body: { ok: true, result } });

function usual(method: string, webhook: string): Answer {
  if (method === 'getMe') return success({ id: 777, is_bot: true, username: 'scripted_bot' });
  if (method === 'getUpdates') return success([]);
  if (method === 'getWebhookInfo') return success({ url: webhook, pending_update_count: 0 });
  return success({ message_id: 1001 });
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'reset') return void response.socket?.resetAndDestroy();
  if (answer === 'silence') return;
  const { status, body, location } = answer;
  response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) });
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return body.length === 0 ? {} : JSON.parse(String(body));
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields = [...form].map(async ([name, value]) => [
    name,
    typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()),
  ]);
  return Object.fromEntries(await Promise.all(fields));
}
