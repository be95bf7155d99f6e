import type { IncomingMessage } from 'node:http';
import { AtomError } from '../base/errors.ts';
import { sizeWords } from '../base/size.ts';
import type { Outside } from '../domain/outside.ts';
import { createConnect } from './connect.ts';
import { exchange } from './exchange.ts';
import { createHosts, type NetSettings } from './hosts.ts';
import { isSameOrigin, placeWords, readTarget } from './place.ts';
import type { Method } from './wish.ts';

export interface ServerFetchDeps {
  readonly outside: Outside;
  readonly settings: NetSettings;
  /** Until a connection is open; 20 s. */
  readonly connectMs?: number;
}

/** Of one answer; one that goes on and on ends there. */
const MOST_BYTES = 16 * 1024 ** 2;
const CONNECT_MS = 20_000;
/** Answers that have no body. */
const BARE: ReadonlySet<number> = new Set([204, 205, 304]);
const METHODS: readonly string[] = ['GET', 'POST', 'DELETE'] satisfies readonly Method[];

/**
 * A `fetch` for one server that the owner named, as libraries take one: to that origin and no other, by
 * addresses that were checked, over TLS unless the settings say otherwise. It follows nothing, keeps no
 * cookies, uses no proxy, and takes answers as they come. Throws AtomError `blocked` or `failed`.
 */
export function createServerFetch(
  { outside, settings, connectMs = CONNECT_MS }: ServerFetchDeps,
  server: string,
): (url: string | URL, init?: RequestInit) => Promise<Response> {
  const hosts = createHosts(settings);
  const home = readTarget(server);
  return async (url, init = {}) => {
    const target = readTarget(String(url));
    if (!isSameOrigin(home, target))
      throw new AtomError('blocked', `${placeWords(home)} may not lead to ${placeWords(target)}.`);
    const never = hosts.whyNever(target);
    if (never !== undefined) throw new AtomError('blocked', never);
    const wish = { ...wishOf(init), url: target.url, form: 'source' as const };
    const signal = init.signal ?? new AbortController().signal;
    const soon = AbortSignal.any([signal, AbortSignal.timeout(connectMs)]);
    const socket = await createConnect(outside, hosts)(target, soon);
    const answer = await exchange(socket, { target, wish }, signal);
    return responseOf(answer, placeWords(target));
  };
}

function wishOf({ method = 'GET', headers, body }: RequestInit) {
  if (!METHODS.includes(method)) throw new AtomError('blocked', `${method} is not asked for.`);
  if (body !== undefined && body !== null && typeof body !== 'string')
    throw new AtomError('blocked', 'Only text is sent to a server.');
  const own = Object.fromEntries(new Headers(headers));
  return {
    method: method as Method,
    // What would be unpacked could grow a thousandfold.
    headers: { ...own, 'accept-encoding': 'identity' },
    ...(typeof body === 'string' ? { body } : {}),
  };
}

function responseOf(answer: IncomingMessage, from: string): Response {
  const status = answer.statusCode ?? 0;
  const packed = answer.headers['content-encoding'] ?? 'identity';
  if (status < 200 || status > 599 || packed !== 'identity') {
    answer.destroy();
    throw new AtomError('failed', `${from} gave no answer that can be read.`);
  }
  const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || name.startsWith('set-cookie') ? [] : [[name, [value].flat().join(', ')]],
  );
  if (BARE.has(status)) answer.destroy();
  const body = BARE.has(status) ? null : ReadableStream.from(capped(answer, from));
  return new Response(body as ReadableStream<Uint8Array> | null, { status, headers });
}

/** What comes, until it is too much. */
async function* capped(answer: IncomingMessage, from: string): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const part of answer) {
      bytes += (part as Buffer).length;
      if (bytes > MOST_BYTES)
        throw new AtomError('failed', `${from} said more than ${sizeWords(MOST_BYTES)}.`);
      yield part as Buffer;
    }
  } finally {
    answer.destroy();
  }
}
