import { AtomError } from '../base/errors.ts';
import type { NoticeSettings } from '../config/notices-schema.ts';
import type { Address } from '../domain/address.ts';
import { ownerChats } from './owner-chats.ts';
import type { ChatParts } from './tell-chats.ts';

/** In the ids of messages, which name what is posted to addresses, too. */
export const idName = (name: string): string => `chat.${name}`;

/** The chat of the owner's on a channel, the one they wrote in first. */
export async function chatFor(
  { records }: ChatParts,
  { name, to }: Pick<NoticeSettings, 'name' | 'to'>,
): Promise<Address> {
  const chats = await ownerChats(records.people, records.store);
  const found = chats.find(({ channel }) => channel === to);
  if (found) return found;
  throw new AtomError('not-found', `${name} tells nobody: you have no chat on ${to}.`, {
    next: [`Pair it:   atom pair ${to}`],
  });
}
