import { createHmac } from 'node:crypto';
import autocannon from 'autocannon';

export interface Load {
  readonly url: string;
  readonly secret: string;
  readonly connections: number;
  /** Seconds. */
  readonly duration: number;
  /** Posts a second, all together; as many as there can be unless told. */
  readonly rate?: number;
}

export interface Seen {
  /** Ids of those that were answered with 200. */
  readonly acknowledged: ReadonlySet<string>;
  /** Told to come again (503, 429). */
  readonly later: number;
  /** Anything else, and what broke off. */
  readonly other: number;
  readonly perSecond: number;
  /** Milliseconds, of those that were answered. */
  readonly p50: number;
  readonly p99: number;
}

/** As many conversations as a busy program has. */
const THREADS = 500;
let runs = 0;

/** Posts messages signed by Standard Webhooks, each under an id of its own. */
export async function post({ url, secret, connections, duration, rate }: Load): Promise<Seen> {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const run = `${process.pid}-${++runs}`;
  const acknowledged = new Set<string>();
  const times: number[] = [];
  let [count, later, other] = [0, 0, 0];
  const result = await autocannon({
    ...{ url, connections, duration, timeout: 10 },
    ...(rate === undefined ? {} : { overallRate: rate }),
    requests: [
      {
        method: 'POST',
        setupRequest: (request, context: { id?: string; at?: number }) => {
          const id = `${run}-${++count}`;
          const at = Math.floor(Date.now() / 1000);
          const body = `{"text":"hello","thread":"t${count % THREADS}"}`;
          const made = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
          const headers = {
            ...{ 'webhook-id': id, 'webhook-timestamp': String(at) },
            'webhook-signature': `v1,${made}`,
          };
          Object.assign(context, { id, at: performance.now() });
          return { ...request, body, headers };
        },
        onResponse: (status, _body, context: { id?: string; at?: number }) => {
          if (status === 200 && context.id !== undefined) acknowledged.add(context.id);
          else if (status === 503 || status === 429) later += 1;
          else other += 1;
          times.push(performance.now() - (context.at ?? 0));
        },
      },
    ],
  });
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return {
    ...{ acknowledged, later, other: other + result.errors, p50: at(0.5), p99: at(0.99) },
    perSecond: times.length / result.duration,
  };
}
