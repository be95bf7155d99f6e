import type { InboundEvent } from '../../domain/event.ts';
import type { WireMessage } from './frames.ts';
import { isGroupJid, personOf } from './jids.ts';
import type { LinkedAccount } from './keep.ts';
import { nameOf } from './message-name.ts';

export interface EventDeps {
  newId(): string;
  /** JIDs of the groups that are listened to. */
  readonly groups: readonly string[];
  /** True for the id of a message that we sent. */
  wasSent(id: string): boolean;
}

/**
 * The event in a message; undefined where it is not for us: a group that was not added, a broadcast,
 * what the owner writes to others, and our own words coming back.
 */
export function eventOf(
  deps: EventDeps,
  message: WireMessage,
  me: LinkedAccount,
): InboundEvent | undefined {
  const isGroup = isGroupJid(message.chat);
  const sender = senderOf(message, me, isGroup);
  const peer = isGroup ? message.chat : personOf(message.chat, message.chatAlt);
  if (sender === undefined || peer === undefined || deps.wasSent(message.id)) return undefined;
  if (isGroup && !deps.groups.includes(message.chat)) return undefined;
  return {
    id: deps.newId(),
    // Ids are made by whoever writes: with the sender in it, nobody can take another's away.
    externalId: [peer, sender, message.id].join('/'),
    // Nobody reads, quotes or answers a vote.
    ...(message.vote === undefined ? { message: nameOf(message) } : {}),
    from: { channel: 'whatsapp', account: me.number, peer },
    sender: { id: sender, ...(message.name === undefined ? {} : { name: message.name }) },
    kind: message.edits === undefined ? 'message' : 'edit',
    text: message.text,
    ...(message.forwarded ? { wordsOf: 'forwarded from somebody' } : {}),
    media: message.media.map((media) => ({
      kind: media.kind,
      id: message.id,
      ...(media.name === undefined ? {} : { name: media.name }),
      ...(media.bytes === undefined ? {} : { bytes: media.bytes }),
    })),
    isGroup,
    mentionsMe: !isGroup || speaksToUs(deps, message, me),
    at: message.at,
  };
}

/** What we wrote ourselves, on the phone, is for atom only in the chat with oneself. */
function senderOf(message: WireMessage, me: LinkedAccount, isGroup: boolean): string | undefined {
  if (isGroup) return message.fromMe ? undefined : personOf(message.sender, message.senderAlt);
  const other = personOf(message.chat, message.chatAlt);
  if (!message.fromMe) return other;
  return other !== undefined && isMe(other, me) ? me.number : undefined;
}

const isMe = (person: string, { number, lid }: LinkedAccount): boolean =>
  person === number || person === personOf(lid);

function speaksToUs({ wasSent }: EventDeps, message: WireMessage, me: LinkedAccount): boolean {
  const { quotes, mentions } = message;
  if (quotes && wasSent(quotes.id)) return true;
  const named = [...mentions, ...(quotes?.by === undefined ? [] : [quotes.by])];
  return named.some((jid) => isMe(personOf(jid) ?? '', me));
}
