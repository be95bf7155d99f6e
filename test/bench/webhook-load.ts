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
  /** How many posts there were an answer to, or none as the connection broke. */
  readonly sent: number;
  /** Ids of those that were answered with 200. */
  readonly acknowledged: ReadonlySet<string>;
  /** Ids of those that nothing was heard of. */
  readonly unheard: ReadonlySet<string>;
  /** Told to come again (503, 429). */
  readonly later: number;
  /** Anything else, and what broke off. */
  readonly other: number;
  readonly perSecond: number;
  /** Milliseconds, of those that were answered. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** As many conversations as a busy program has. */
const THREADS = 500;
let runs = 0;

/** Posts messages signed by Standard Webhooks, each under an id of its own. */
export async function post({ url, secret, connections, duration, rate }: Load): Promise<Seen> {
  const run = `${process.pid}-${++runs}`;
  const acknowledged = new Set<string>();
  const unheard = new Set<string>();
  const times: number[] = [];
  let [count, later, other] = [0, 0, 0];
  const result = await autocannon({
    url,
    connections,
    duration,
    timeout: 10,
    ...(rate === undefined ? {} : { overallRate: rate }),
    requests: [
      {
        method: 'POST',
        setupRequest: (request, context: { id?: string; at?: number }) => {
          const id = `${run}-${++count}`;
          unheard.add(id);
          Object.assign(context, { id, at: performance.now() });
          return { ...request, ...signed(id, secret) };
        },
        onResponse: (status, _body, { id = '', at = 0 }: { id?: string; at?: number }) => {
          unheard.delete(id);
          if (status === 200) acknowledged.add(id);
          else if (status === 503 || status === 429) later += 1;
          else other += 1;
          times.push(performance.now() - at);
        },
      },
    ],
  });
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return {
    acknowledged,
    unheard,
    later,
    other: other + result.errors,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    sent: times.length + result.errors,
    perSecond: times.length / result.duration,
  };
}

/** Posts these once more under the same ids, as platforms do that heard nothing. Those that were taken. */
export async function postAgain(
  { url, secret }: Pick<Load, 'url' | 'secret'>,
  ids: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  for (const id of ids) {
    const { status } = await fetch(url, { method: 'POST', ...signed(id, secret) });
    if (status === 200) taken.add(id);
  }
  return taken;
}

/** The message of an id, the same whenever it is posted, signed now. */
function signed(id: string, secret: string) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const at = Math.floor(Date.now() / 1000);
  const body = `{"text":"hello","thread":"t${Number(id.split('-').at(-1)) % THREADS}"}`;
  const made = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${made}`,
  };
  return { body, headers };
}
