import { z } from 'zod';
import type { OutgoingMessage } from './define.ts';

/** Part of a session key: nothing that would end it, and nothing that is drawn as nothing. */
const place = z.string().regex(/^[^\s:\p{C}\p{Default_Ignorable_Code_Point}]{1,128}$/u);
const call = z.number().int();
const words = z.string().max(2000);

const message = z.strictObject({
  id: z.string().min(1).max(256),
  chat: place,
  sender: place,
  name: z.string().max(256).optional(),
  text: z.string(),
  thread: place.optional(),
  isGroup: z.boolean().optional(),
  mentionsMe: z.boolean().optional(),
  quotes: z.string().max(256).optional(),
  at: z.number().int().min(0).max(8_640_000_000_000_000).optional(),
});

/** What the process of a channel tells, a line each. */
export const newsFrame = z.discriminatedUnion('news', [
  /** Its module is there, and says this of itself. */
  z.strictObject({ news: z.literal('loaded'), said: z.unknown() }),
  z.strictObject({
    news: z.literal('health'),
    state: z.enum(['ready', 'retrying', 'failed']),
    words: words.min(1),
  }),
  z.strictObject({ news: z.literal('message'), call, message }),
  z.strictObject({ news: z.literal('sent'), call, id: z.string().min(1).max(256) }),
  z.strictObject({
    news: z.literal('unsent'),
    call,
    kind: z.enum(['refused', 'later', 'unknown']),
    words,
  }),
  z.strictObject({ news: z.literal('here') }),
  /** Its module cannot be used, or its connection is over: with why, where it says so. */
  z.strictObject({ news: z.literal('over'), words: words.optional() }),
]);

export type News = z.infer<typeof newsFrame>;
/** An `IncomingMessage`, checked. */
export type WireMessage = Extract<News, { news: 'message' }>['message'];

/** What it is told to do. */
export type Order =
  /** The compiled module: exactly the bytes that were approved. */
  | { readonly do: 'load'; readonly code: string }
  | {
      readonly do: 'open';
      readonly settings: Readonly<Record<string, unknown>>;
      readonly secrets: Readonly<Record<string, string>>;
    }
  /** Answers a message: it is on disk, or `error` says why not. */
  | { readonly do: 'taken'; readonly call: number; readonly error?: string }
  | { readonly do: 'send'; readonly call: number; readonly message: OutgoingMessage }
  /** Answered by `here`. */
  | { readonly do: 'answer' }
  | { readonly do: 'close' };
