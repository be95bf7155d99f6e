import { z } from 'zod';
import type { MediaKind } from '../../domain/message.ts';

const text = z.string().max(70_000);
const short = z.string().max(512);
const jid = z.string().max(128);

/** A message as the child read it: plain values, nothing of the library's. */
const message = z.strictObject({
  id: z.string().min(1).max(128),
  chat: jid,
  /** The same chat by its other name, where it is known: phone number or LID. */
  chatAlt: jid.optional(),
  /** In a group, who wrote it. */
  sender: jid.optional(),
  senderAlt: jid.optional(),
  fromMe: z.boolean(),
  name: short.optional(),
  /** Milliseconds since 1970. */
  at: z.number().int(),
  text,
  /** The id of the message that this one edits. */
  edits: z.string().max(128).optional(),
  forwarded: z.boolean(),
  media: z
    .array(
      z.strictObject({
        kind: z.enum(['image', 'audio', 'video', 'file']),
        name: short.optional(),
        /** What its sender says that it is. */
        type: short.optional(),
        bytes: z.number().optional(),
        /** Where its encrypted bytes lie, and what opens them, base64. */
        path: z.string().max(2048).optional(),
        key: z.string().max(64).optional(),
      }),
    )
    .max(4),
  mentions: z.array(jid).max(256),
  quotes: z.strictObject({ id: z.string().max(128), by: jid.optional() }).optional(),
  /** What was voted for, where it is a vote: the poll, and SHA-256 (hex) of each answer that was chosen. */
  vote: z
    .strictObject({ of: z.string().max(128), options: z.array(z.string().length(64)).max(12) })
    .optional(),
  /** True where it waited on the server while nobody was connected. */
  offline: z.boolean(),
});

const kind = z.string().min(1).max(64);
const id = z.string().max(256);

/** What the child asks and waits for, standing still: nothing leaves it before the answer is there. */
export const askFrame = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('read'), kind, ids: z.array(id).max(10_000) }),
  z.strictObject({
    ask: z.literal('write'),
    /** One transaction; null takes a value away. */
    changes: z.array(z.strictObject({ kind, id, value: z.string().nullable() })).max(10_000),
  }),
  z.strictObject({ ask: z.literal('message'), message }),
  /** The text of a message that we sent, for a phone that could not read it. */
  z.strictObject({ ask: z.literal('sent'), id }),
]);

/** What the child tells. */
export const newsFrame = z.discriminatedUnion('news', [
  z.strictObject({ news: z.literal('qr'), text: z.string().max(1024) }),
  z.strictObject({ news: z.literal('code'), text: z.string().max(16) }),
  z.strictObject({
    news: z.literal('open'),
    me: z.strictObject({ id: jid, lid: jid.optional() }),
  }),
  z.strictObject({ news: z.literal('closed'), code: z.number().int(), words: short }),
  z.strictObject({ news: z.literal('sent'), call: z.number().int() }),
  /** Where files are put, and what to show there. */
  z.strictObject({
    news: z.literal('uploads'),
    call: z.number().int(),
    host: short,
    auth: z.string().max(4096),
  }),
  z.strictObject({
    news: z.literal('unsent'),
    call: z.number().int(),
    kind: z.enum(['refused', 'later', 'unknown']),
    reason: short,
  }),
]);

export type Ask = z.infer<typeof askFrame>;
export type News = z.infer<typeof newsFrame>;
export type WireMessage = z.infer<typeof message>;
export type Vote = NonNullable<WireMessage['vote']>;
export type Change = Extract<Ask, { ask: 'write' }>['changes'][number];

/** What a child is started with; nothing in it is secret. */
export interface ChildSettings {
  /** Folder of the library. */
  readonly library: string;
  /** What the phone shows as the name of this device. */
  readonly name: string;
  /** Another server than WhatsApp's own. */
  readonly url?: string;
  /** Link by a code to type, for this number. */
  readonly phone?: string;
}

/** What the parent tells the child to do. */
export type Order =
  | {
      readonly do: 'send';
      readonly call: number;
      readonly to: string;
      readonly id: string;
      readonly text: string;
      readonly edits?: string;
      readonly quote?: Quote;
      /** Shown with the text as its caption. */
      readonly media?: SentMedia;
    }
  /** A question of which one answer may be chosen. Answered as `send` is. */
  | {
      readonly do: 'poll';
      readonly call: number;
      readonly to: string;
      readonly id: string;
      readonly name: string;
      readonly options: readonly string[];
    }
  /** Answered by news of `uploads`. */
  | { readonly do: 'uploads'; readonly call: number }
  | { readonly do: 'typing'; readonly to: string }
  | { readonly do: 'read'; readonly of: MessageKey }
  | { readonly do: 'react'; readonly of: MessageKey; readonly sign: string }
  | { readonly do: 'log-out' }
  | { readonly do: 'close' };

/** A file that was put up: what a message says of it. Sums are SHA-256 in base64, as the key is. */
export interface SentMedia {
  readonly kind: MediaKind;
  readonly url: string;
  readonly path: string;
  readonly key: string;
  readonly plainSum: string;
  readonly sealedSum: string;
  readonly bytes: number;
  readonly type: string;
  readonly name?: string;
}

/** How WhatsApp names a message. */
export interface MessageKey {
  readonly remoteJid: string;
  readonly id: string;
  readonly fromMe: boolean;
  readonly participant?: string;
}

export interface Quote {
  readonly key: MessageKey;
  readonly text: string;
}
