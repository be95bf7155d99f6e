import type { Address } from '../../domain/address.ts';
import type { InboundEvent } from '../../domain/event.ts';
import type { Content, Envelope } from './envelope.ts';
import { digitsIn, type Named, uuidIn } from './ids.ts';
import { mediaOf } from './media.ts';
import { wordsIn } from './mentions.ts';

export interface EventDeps {
  /** Our own account, as the settings name it. */
  readonly account: string;
  /** Ids of the groups that are listened to. */
  readonly groups: readonly string[];
  newId(): string;
  /** Who that is: the uuid, or the number where the owner listed it. Undefined for nobody at all. */
  idOf(named: Named): string | undefined;
  /** True for our own account. */
  isMe(named: Named): boolean;
  /** True for the timestamp of a message that we sent. */
  wasSent(timestamp: number): boolean;
}

/** What a message was found to be, and what is needed to answer it. */
export interface Found {
  readonly event: InboundEvent;
  /** The message of ours that it quotes. */
  readonly quotes?: { readonly id: string };
}

/** Signal sends at most some 64 KB of text. */
const MAX_TEXT = 65_536;
const MAX_NAME = 128;

/**
 * The event in an envelope; undefined where it is not for us: receipts, typing, reactions, groups that were
 * not added, and what the owner writes to others on another device.
 */
export function eventOf(deps: EventDeps, envelope: Envelope): Found | undefined {
  const written = writtenIn(deps, envelope);
  const source = { number: envelope.sourceNumber, uuid: envelope.sourceUuid };
  const sender = deps.isMe(source) ? deps.account : deps.idOf(source);
  if (!written || sender === undefined) return undefined;
  const { content, kind } = written;
  const group = content.groupInfo?.groupId;
  if (group !== undefined && !deps.groups.includes(group)) return undefined;
  const media = mediaOf(content.attachments ?? [], group ?? sender);
  const { text, namesMe } = wordsIn(content, deps.isMe);
  if (text === '' && media.length === 0) return undefined;
  const quotes = quoteOf(deps, content);
  const { timestamp } = envelope;
  const author = uuidIn(source.uuid) ?? digitsIn(source.number) ?? sender;
  return {
    event: {
      id: deps.newId(),
      // Timestamps are made by whoever writes: with the sender in it, nobody can take another's away.
      externalId: `${author}/${timestamp}`,
      message: `${timestamp}/${sender}`,
      from: addressIn(deps.account, group ?? sender),
      sender: { id: sender, ...nameOf(envelope) },
      kind,
      text: text.slice(0, MAX_TEXT).toWellFormed(),
      media,
      isGroup: group !== undefined,
      mentionsMe: group === undefined || namesMe || quotes !== undefined,
      at: timestamp,
    },
    ...(quotes === undefined ? {} : { quotes }),
  };
}

const addressIn = (account: string, peer: string): Address => ({
  channel: 'signal',
  account,
  peer,
});

interface Written {
  readonly content: Content;
  readonly kind: 'message' | 'edit';
}

/** What we wrote ourselves, on another device, is for atom only in the chat with oneself. */
function writtenIn(deps: EventDeps, envelope: Envelope): Written | undefined {
  const { dataMessage, editMessage, syncMessage } = envelope;
  const own = deps.isMe({ number: envelope.sourceNumber, uuid: envelope.sourceUuid });
  if (dataMessage && !own) return { content: dataMessage, kind: 'message' };
  if (editMessage && !own) return { content: editMessage.dataMessage, kind: 'edit' };
  const sent = syncMessage?.sentMessage;
  if (!sent || !own || sent.groupInfo || deps.wasSent(envelope.timestamp)) return undefined;
  const to = { number: sent.destinationNumber, uuid: sent.destinationUuid };
  if (!deps.isMe(to)) return undefined;
  if (sent.editMessage) return { content: sent.editMessage.dataMessage, kind: 'edit' };
  return { content: sent, kind: 'message' };
}

const nameOf = ({ sourceName }: Envelope): { readonly name?: string } =>
  sourceName ? { name: sourceName.slice(0, MAX_NAME).toWellFormed() } : {};

/** Only what quotes us answers something of ours. */
function quoteOf({ isMe }: EventDeps, { quote }: Content): { readonly id: string } | undefined {
  if (!quote || !isMe({ number: quote.authorNumber, uuid: quote.authorUuid })) return undefined;
  return { id: String(quote.id) };
}
