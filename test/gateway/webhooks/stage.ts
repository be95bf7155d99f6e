import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createLog } from '../../../src/base/log.ts';
import { webhooksSchema } from '../../../src/config/webhooks-schema.ts';
import type { Hook, HookAnswer, HookRequest } from '../../../src/domain/hook.ts';
import { openWebhooks, type WebhooksDeps } from '../../../src/gateway/webhooks/webhooks.ts';

export interface WebhookStage extends Partial<Pick<WebhooksDeps, 'clock'>> {
  readonly webhooks?: Parameters<typeof webhooksSchema.parse>[0];
  readonly hooks?: Readonly<Record<string, Hook>>;
}

/** The port for webhooks with scripted hooks behind it. */
export async function setWebhooks({ webhooks = {}, hooks = {}, clock }: WebhookStage = {}) {
  const lines: string[] = [];
  const answered: [string, string][] = [];
  const all = new Map(Object.entries(hooks));
  const place = webhooksSchema.parse({ port: 0, ...(webhooks as object) });
  const port = openWebhooks({
    place,
    hooks: () => all,
    clock: clock ?? systemClock,
    log: createLog(({ text, fields }) => lines.push(`${text} ${JSON.stringify(fields ?? {})}`)),
    onAnswered: (hook, outcome) => answered.push([hook, outcome]),
  });
  onTestFinished(() => port.close());
  const status = await port.settle();
  // Where it is called by another address, the test says which port it is.
  const number =
    place.port || (status.state === 'listening' ? Number(new URL(status.url).port) : 0);
  const ask = (path: string, options: Ask = {}) => ask_(number, path, options);
  return { port, status, number, lines, answered, all, ask };
}

export interface Ask {
  readonly method?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly ca?: Buffer;
  readonly from?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** One request, to the letter: nothing is added to what is given. */
export const ask_ = (port: number, path: string, options: Ask): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { method = 'POST', body = '', headers = {}, ca, from = '127.0.0.1' } = options;
    const send = ca === undefined ? httpRequest : httpsRequest;
    const request = send(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        localAddress: from,
        agent: false,
        headers: headers as Record<string, string | string[]>,
        ...(ca === undefined ? {} : { ca }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });

/** A hook that keeps what it is asked, and answers as told. */
export function recorder(answer: HookAnswer = { status: 200 }, takesGet = false) {
  const asked: HookRequest[] = [];
  const hook: Hook = Object.assign(
    async (request: HookRequest) => {
      asked.push(request);
      return answer;
    },
    { takesGet },
  );
  return { asked, hook };
}
