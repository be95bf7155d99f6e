import type { InboundEvent } from '../../domain/event.ts';
import type { Source } from './source.ts';

/** What a program posted, signed and checked. */
export interface Post {
  readonly source: Source;
  /** `webhook-id`: the same when it is sent again. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly body: Uint8Array;
}

/** Longer texts are no message, and would be refused later. */
const MOST_TEXT = 65_536;

/** The event in it, or what is wrong with it. */
export type Read =
  | { readonly ok: true; readonly event: InboundEvent }
  | { readonly ok: false; readonly status: 400 | 413; readonly reason: string };

/**
 * Reads a post: an object of JSON. Its `text` is what is said and its `thread` which conversation it
 * belongs to; an object without a text is said as it is.
 */
export function eventOf(newId: () => string, { source, id, at, body }: Post): Read {
  const said = objectIn(body);
  if (!said) return { ok: false, status: 400, reason: 'its body is no object of JSON' };
  const { text = JSON.stringify(said, null, 1), thread } = said;
  if (typeof text !== 'string' || text.trim() === '')
    return { ok: false, status: 400, reason: 'its text is none' };
  if (text.length > MOST_TEXT) return { ok: false, status: 413, reason: 'its text is too long' };
  if (thread !== undefined && !(typeof thread === 'string' && /^[\w-]{1,64}$/.test(thread)))
    return { ok: false, status: 400, reason: 'its thread is none' };
  return {
    ok: true,
    event: {
      id: newId(),
      externalId: id,
      from: {
        channel: 'webhook',
        account: source.name,
        peer: source.session,
        ...(thread === undefined ? {} : { thread }),
      },
      sender: { id: source.name },
      kind: 'message',
      text,
      wordsOf: `posted by the program “${source.name}”`,
      media: [],
      isGroup: false,
      mentionsMe: true,
      at: at * 1000,
    },
  };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function objectIn(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(UTF8.decode(body));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
