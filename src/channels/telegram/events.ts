import type {
  CallbackQuery,
  Message,
  MessageOrigin,
  Update,
  User,
  UserFromGetMe,
} from 'grammy/types';
import { capped } from '../../base/capped.ts';
import type { Clock } from '../../base/clock.ts';
import { quotable } from '../../base/visible.ts';
import type { Address } from '../../domain/address.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { mediaOf } from './media.ts';
import { mentions, withoutName } from './mentions.ts';

export interface EventDeps {
  readonly clock: Clock;
  newId(): string;
}

/** Telegram sends at most 4096 characters; this holds for whatever speaks in its place. */
const MAX_TEXT = 65_536;
const MAX_NAME = 128;

/** The event in an update; undefined where it holds no words, no media and no pressed button. */
export function eventOf(
  deps: EventDeps,
  update: Update,
  me: UserFromGetMe,
): InboundEvent | undefined {
  const { message, edited_message: edited, callback_query: query } = update;
  const base = { id: deps.newId(), externalId: String(update.update_id) };
  if (query) return pressed(query, me, { ...base, at: deps.clock.now() });
  if (message) return written(message, me, { ...base, kind: 'message' });
  if (edited) return written(edited, me, { ...base, kind: 'edit' });
  return undefined;
}

type Written = Pick<InboundEvent, 'id' | 'externalId' | 'kind'>;

function written(message: Message, me: UserFromGetMe, base: Written): InboundEvent | undefined {
  const sender = senderOf(message);
  const isGroup = message.chat.type !== 'private';
  const whole = capped(message.text ?? message.caption ?? '', MAX_TEXT);
  const text = isGroup ? withoutName(me, whole) : whole;
  const media = mediaOf(message);
  if (sender === undefined || (whole === '' && media.length === 0)) return undefined;
  return {
    ...base,
    message: String(message.message_id),
    from: addressOf(message, me),
    sender,
    text,
    ...foreignWords(message),
    media,
    isGroup,
    mentionsMe: mentions(me, message),
    at: (message.edit_date ?? message.date) * 1000,
  };
}

/** A message that was passed on, or that another bot wrote, is sent by a person and not theirs. */
function foreignWords(message: Message): Pick<InboundEvent, 'wordsOf'> {
  const { forward_origin: origin, via_bot: bot } = message;
  if (origin !== undefined)
    return { wordsOf: `forwarded from ${capped(nameOf(origin), MAX_NAME)}` };
  return bot === undefined ? {} : { wordsOf: `written by the bot ${bot.username ?? bot.id}` };
}

function nameOf(origin: MessageOrigin): string {
  switch (origin.type) {
    case 'user':
      return `“${quotable(origin.sender_user.first_name)}”`;
    case 'hidden_user':
      return `“${quotable(origin.sender_user_name)}”`;
    case 'chat':
      return `“${quotable(origin.sender_chat.title ?? 'a chat')}”`;
    case 'channel':
      return `“${quotable(origin.chat.title)}”`;
  }
}

type Pressed = Pick<InboundEvent, 'id' | 'externalId' | 'at'>;

function pressed(query: CallbackQuery, me: UserFromGetMe, base: Pressed): InboundEvent | undefined {
  const { message, data } = query;
  if (message === undefined || data === undefined) return undefined;
  return {
    ...base,
    kind: 'button',
    message: String(message.message_id),
    from: addressOf(message, me),
    sender: person(query.from),
    text: capped(data, MAX_TEXT),
    media: [],
    isGroup: message.chat.type !== 'private',
    mentionsMe: true,
  };
}

type Placed = Pick<Message, 'chat' | 'is_topic_message' | 'message_thread_id'>;

function addressOf(message: Placed, me: UserFromGetMe): Address {
  // Outside forums a thread id only says "part of a chain of replies" and cannot be sent to.
  const thread = message.is_topic_message ? message.message_thread_id : undefined;
  return {
    channel: 'telegram',
    account: String(me.id),
    peer: String(message.chat.id),
    ...(thread !== undefined && { thread: String(thread) }),
  };
}

/**
 * Who wrote it. Those who speak as a chat share one stand-in user id with everybody else who does
 * (`GroupAnonymousBot`), so it is the chat's id that tells them apart; it is never a person's.
 */
function senderOf(message: Message): InboundEvent['sender'] | undefined {
  const { sender_chat: chat, from } = message;
  if (chat) return { id: String(chat.id), name: capped(chat.title ?? 'a chat', MAX_NAME) };
  return from && person(from);
}

function person({ id, first_name: first, username }: User): InboundEvent['sender'] {
  const name = username === undefined ? first : `${first} @${username}`;
  return { id: String(id), name: capped(name, MAX_NAME) };
}
