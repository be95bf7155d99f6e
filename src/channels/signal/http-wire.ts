import { systemCode } from '../../base/errors.ts';
import { textWithin } from '../answers.ts';
import { answerIn, resultIn } from './calls.ts';
import { type Events, readEvents } from './events-stream.ts';
import { SILENT, type Take, type Wire, WireError } from './wire.ts';

/** A file of 25 MB as base64, and what stands around it. */
const MOST_ANSWER_BYTES = 40 * 1024 * 1024;

/** JSON-RPC by POST, and what arrives as a stream of events. Nothing is connected before the first call. */
export function openHttpWire(root: string, events: Events, take: Take): Wire {
  const ended = new AbortController();
  const broken = Promise.withResolvers<string>();
  const base = `${root.replace(/\/+$/, '')}/api/v1`;
  let last = 0;
  let open = 0;
  const end = (why: string): void => {
    broken.resolve(why);
    ended.abort();
  };
  return {
    async call(method, params, signal) {
      const id = `atom-${++last}`;
      const body = JSON.stringify({ jsonrpc: '2.0', id, method, params });
      open += 1;
      try {
        return await posted(`${base}/rpc`, {
          id,
          body,
          signal: AbortSignal.any([signal, ended.signal]),
        });
      } finally {
        open -= 1;
      }
    },
    async receive({ account }, signal) {
      const query = typeof account === 'string' ? `?account=${encodeURIComponent(account)}` : '';
      const starting = new AbortController();
      const late = (): void => starting.abort();
      signal.addEventListener('abort', late, { once: true });
      const response = await asked(`${base}/events${query}`, {
        headers: {
          accept: 'text/event-stream',
          ...(events.last === undefined ? {} : { 'last-event-id': events.last }),
        },
        signal: AbortSignal.any([starting.signal, ended.signal]),
      });
      signal.removeEventListener('abort', late);
      if (!response.ok || !response.body)
        throw new WireError(`its events answered HTTP ${response.status}`, false);
      readEvents(response.body, events, take)
        .then(() => end('it has closed the stream of events'))
        .catch((error: unknown) => end(`the stream of events broke: ${wordsOf(error)}`));
    },
    // Who does not read the stream is not subscribed.
    rest: async () => end('closed'),
    isBusy: () => open > 0,
    broken: broken.promise,
    close: () => end('closed'),
  };
}

async function posted(
  url: string,
  {
    id,
    body,
    signal,
  }: { readonly id: string; readonly body: string; readonly signal: AbortSignal },
): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await asked(url, { method: 'POST', headers, body, signal });
  const answer = answerIn(await jsonOf(response));
  if (answer?.id === id) return resultIn(answer);
  throw new WireError(`it answered HTTP ${response.status} without JSON-RPC`, response.ok);
}

/** Failures before a byte of the request has left. */
const UNSENT: readonly (string | undefined)[] = [
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  'UND_ERR_CONNECT_TIMEOUT',
];

async function asked(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...request, redirect: 'error' });
  } catch (thrown) {
    throw new WireError(wordsOf(thrown), !UNSENT.includes(codeOf(thrown)));
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await textWithin(response, MOST_ANSWER_BYTES));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof RangeError) return undefined;
    throw new WireError(wordsOf(thrown), true);
  }
}

/** fetch hides what went wrong in the cause. */
const codeOf = (thrown: unknown): string | undefined =>
  systemCode(thrown instanceof Error ? thrown.cause : undefined);

function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const isLate = thrown.name === 'TimeoutError' || thrown.name === 'AbortError';
  return isLate ? SILENT : (codeOf(thrown) ?? thrown.message);
}
