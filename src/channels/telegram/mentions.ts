import type { Message, MessageEntity, UserFromGetMe } from 'grammy/types';

/** True where a message speaks to us: privately, in reply to us, by our name or in a command. */
export function mentions(me: UserFromGetMe, message: Message): boolean {
  if (message.chat.type === 'private') return true;
  if (repliesTo(me, message)) return true;
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  return entities.some((entity) => names(me, entity, text));
}

function repliesTo(me: UserFromGetMe, { reply_to_message: original }: Message): boolean {
  // Every message of a topic "replies" to the message that opened it.
  if (original?.forum_topic_created !== undefined) return false;
  return original?.from?.id === me.id;
}

function names(me: UserFromGetMe, entity: MessageEntity, text: string): boolean {
  if (entity.type === 'text_mention') return entity.user.id === me.id;
  const word = text.slice(entity.offset, entity.offset + entity.length).toLowerCase();
  const name = `@${me.username.toLowerCase()}`;
  if (entity.type === 'mention') return word === name;
  return entity.type === 'bot_command' && word.endsWith(name);
}

/**
 * What is said to us, without our name: in a group the first word is often it, and a command carries it
 * (`/stop@dana_bot`). Anybody else's name stays.
 */
export function withoutName(me: UserFromGetMe, text: string): string {
  const words = text.trimStart();
  const command = /^\/\w+/.exec(words)?.[0] ?? '';
  const rest = words.slice(command.length);
  const name = `@${me.username}`;
  const isOurs = rest.slice(0, name.length).toLowerCase() === name.toLowerCase();
  const after = rest.slice(name.length);
  // A longer name is another's.
  if (!isOurs || /^\w/.test(after)) return text;
  return command === '' ? after.replace(/^[\s,:]+/, '') || text : command + after;
}
