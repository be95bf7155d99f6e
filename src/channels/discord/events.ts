import type { APIMessage, APIUser, GatewayMessageCreateDispatchData } from '@discordjs/core';
import { capped } from '../../base/capped.ts';
import type { Address } from '../../domain/address.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { mediaOf } from './media.ts';
import { timeOf } from './snowflake.ts';

export interface EventDeps {
  newId(): string;
}

/** Of a message, however it came; Discord leaves the guild out of what is fetched. */
export type Written = APIMessage & Pick<Partial<GatewayMessageCreateDispatchData>, 'guild_id'>;

/** Discord sends at most 4000 characters; this holds for whatever speaks in its place. */
const MAX_TEXT = 65_536;
const MAX_NAME = 128;
/** What people write by themselves: discord.com/developers/docs/resources/message (types). */
const DEFAULT = 0;
const REPLY = 19;
const FORWARD = 1;
/** Heard even where nobody is spoken to. */
const EMERGENCY = /^\s*\/panic(?![a-z0-9_@])/i;

/**
 * The event in a message; undefined where it is ours, a program's or Discord's own, or holds neither words
 * nor files. A program that answers programs would never end.
 */
export function eventOf(
  { newId }: EventDeps,
  message: Written,
  me: string,
): InboundEvent | undefined {
  const { author, type, webhook_id: webhook } = message;
  if (author.bot || author.id === me || webhook !== undefined) return undefined;
  if (type !== DEFAULT && type !== REPLY) return undefined;
  const { text, media, ...foreign } = contentOf(message, me);
  if (text === '' && media.length === 0) return undefined;
  const mentionsMe = mentions(message, me);
  // What people of a server say to each other is none of our business.
  if (!mentionsMe && !EMERGENCY.test(text)) return undefined;
  const edited = message.edited_timestamp;
  return {
    id: newId(),
    externalId: edited ? `${message.id}:${edited}` : message.id,
    kind: edited ? 'edit' : 'message',
    message: message.id,
    from: addressOf(
      { guild: message.guild_id, channel: message.channel_id, person: author.id },
      me,
    ),
    sender: senderOf(author),
    text,
    media,
    ...foreign,
    isGroup: message.guild_id !== undefined,
    mentionsMe,
    at: edited ? Date.parse(edited) : timeOf(message.id),
  };
}

/** What was forwarded is sent by a person and not theirs; it stands alone, without words of theirs. */
function contentOf(message: Written, me: string): Pick<InboundEvent, 'text' | 'media' | 'wordsOf'> {
  const [passedOn] =
    message.message_reference?.type === FORWARD ? (message.message_snapshots ?? []) : [];
  if (passedOn)
    return {
      text: capped(passedOn.message.content, MAX_TEXT),
      media: mediaOf(message, passedOn.message.attachments),
      wordsOf: 'forwarded from another chat',
    };
  return {
    text: capped(withoutCall(message.content, me), MAX_TEXT),
    media: mediaOf(message, message.attachments),
  };
}

/** The words behind the name of whoever they are said to: `@atom /stop` is the command. */
const withoutCall = (content: string, me: string): string =>
  content.replace(new RegExp(`^\\s*<@!?${me}>\\s*`), '');

/**
 * Where something was said. A direct chat is named by the person, whose fixed id it is; anything else by the
 * guild and the channel in it. A thread is a channel.
 */
export const addressOf = (
  place: { readonly guild: string | undefined; readonly channel: string; readonly person: string },
  me: string,
): Address =>
  place.guild === undefined
    ? { channel: 'discord', account: me, peer: place.person }
    : { channel: 'discord', account: me, peer: place.guild, thread: place.channel };

/** True where a message speaks to us: privately, by our name, or in reply to us. */
const mentions = (message: Written, me: string): boolean =>
  message.guild_id === undefined ||
  message.mentions.some(({ id }) => id === me) ||
  message.referenced_message?.author.id === me;

export function senderOf({
  id,
  username,
  global_name: name,
}: Pick<APIUser, 'id' | 'username' | 'global_name'>): InboundEvent['sender'] {
  const claim = name ? `${name} @${username}` : `@${username}`;
  return { id, name: capped(claim, MAX_NAME) };
}
