import { type Address, addressKey } from '../domain/address.ts';
import type { ChannelFacts } from '../domain/channel.ts';
import type { Button, OutboundMedia } from '../domain/message.ts';
import type { Sql } from '../domain/store.ts';
import { queueMessage } from '../store/tables/outbox.ts';
import { roomIn } from './doubt.ts';
import { shortened } from './shorten.ts';
import { splitText } from './split.ts';

export interface Outgoing {
  readonly id: string;
  readonly to: Address;
  readonly text: string;
  readonly format?: 'markdown';
  readonly buttons?: readonly (readonly Button[])[];
  readonly inReplyTo?: string;
  readonly quotes?: string;
  readonly edits?: string;
  readonly orNew?: boolean;
  readonly approval?: string;
  readonly secret?: boolean;
  readonly media?: OutboundMedia;
  /** When it makes no sense any more. */
  readonly expiresAt?: number;
  readonly at: number;
}

/**
 * Queues a text for a chat, as many messages as the channel needs for it, within the caller's transaction.
 * Queuing the same id again changes nothing.
 */
export async function queueText(
  sql: Sql,
  facts: ChannelFacts,
  { media, ...message }: Outgoing,
): Promise<void> {
  const text = message.text.toWellFormed();
  const whole = text.trim() === '' ? '(nothing to say)' : text;
  const short = shortened(facts, { ...message, text: whole });
  const carried = media && facts.media[media.kind] ? media : undefined;
  const words = short ? [short.text] : splitText(whole, roomFor(facts, message));
  const pieces = carried ? belowFile(facts, words) : words;
  for (const [at, text] of pieces.entries()) {
    const last = at === pieces.length - 1;
    const draft = {
      ...message,
      id: at === 0 ? message.id : `${message.id}.${at}`,
      text,
      ...(short && { rest: short.rest }),
      buttons: last ? (message.buttons ?? []) : [],
      ...(at === 0 && carried ? { media: carried } : {}),
    };
    await queueMessage(sql, draft, addressKey(message.to));
  }
}

/**
 * Only what stays as it was said goes out whole however long it is: no card, which has to be seen, nothing
 * that takes another's place, and no secret, which a file would keep.
 */
function roomFor(facts: ChannelFacts, message: Omit<Outgoing, 'media'>): number {
  const { approval, buttons = [], edits, secret, orNew } = message;
  const isPlain = !approval && buttons.length === 0 && !edits && !secret && !orNew;
  return roomIn(isPlain ? { ...facts, maxLength: facts.maxLong ?? facts.maxLength } : facts);
}

/** More than fits below a file comes after it. */
function belowFile(facts: ChannelFacts, words: readonly string[]): readonly string[] {
  const room = roomIn({ ...facts, maxLength: facts.maxCaption ?? facts.maxLength });
  return (words[0] ?? '').length > room ? ['', ...words] : words;
}
