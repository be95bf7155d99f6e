import type { WireMessage } from '../frames.ts';
import type { Baileys, Content, FullMessage } from './baileys.ts';

/** Longer than anything that is taken; what is refused later is refused for its length. */
const MOST_TEXT = 66_000;
const MOST_NAME = 128;
const MOST_PATH = 2048;
const KEY_BYTES = 32;

const MEDIA = {
  imageMessage: 'image',
  stickerMessage: 'image',
  videoMessage: 'video',
  ptvMessage: 'video',
  audioMessage: 'audio',
  documentMessage: 'file',
} as const;

/** What a person wrote, or undefined where there are neither words nor media: reactions, receipts, polls. */
export function readMessage(
  { normalizeMessageContent }: Baileys,
  full: FullMessage,
  offline: boolean,
): WireMessage | undefined {
  const outer = normalizeMessageContent(full.message ?? undefined);
  const edit = editIn(outer);
  const content = edit ? normalizeMessageContent(edit.content) : outer;
  if (content === undefined) return undefined;
  const media = mediaIn(content);
  const text = textIn(content);
  if (text === '' && media.length === 0) return undefined;
  return {
    ...envelopeOf(full, offline),
    text: capped(text, MOST_TEXT),
    ...(edit ? { edits: edit.id } : {}),
    ...contextOf(content),
    media,
  };
}

/** Who wrote it, where and when. */
export function envelopeOf(
  { key, messageTimestamp, pushName }: FullMessage,
  offline: boolean,
): Omit<WireMessage, 'text' | 'forwarded' | 'media' | 'mentions'> {
  const seconds =
    typeof messageTimestamp === 'object' ? messageTimestamp.toNumber() : messageTimestamp;
  return {
    id: key.id,
    chat: key.remoteJid,
    ...(key.remoteJidAlt ? { chatAlt: key.remoteJidAlt } : {}),
    ...(key.participant ? { sender: key.participant } : {}),
    ...(key.participantAlt ? { senderAlt: key.participantAlt } : {}),
    fromMe: key.fromMe === true,
    ...(pushName ? { name: capped(pushName, MOST_NAME) } : {}),
    at: Number(seconds ?? 0) * 1000,
    offline,
  };
}

/** `protocolMessage` of type MESSAGE_EDIT (14) in WhatsApp's own protobuf. */
function editIn(
  content: Content | undefined,
): { readonly id: string; readonly content: Content } | undefined {
  const protocol = part(content, 'protocolMessage');
  const edited = part(protocol, 'editedMessage');
  const id = part(protocol, 'key')?.id;
  return edited && typeof id === 'string' ? { id, content: edited } : undefined;
}

function textIn(content: Content): string {
  if (typeof content.conversation === 'string') return content.conversation;
  const extended = part(content, 'extendedTextMessage')?.text;
  if (typeof extended === 'string') return extended;
  for (const name of Object.keys(MEDIA)) {
    const caption = part(content, name)?.caption;
    if (typeof caption === 'string') return caption;
  }
  return '';
}

function mediaIn(content: Content): WireMessage['media'] {
  return Object.entries(MEDIA).flatMap(([name, kind]) => {
    const found = part(content, name);
    if (!found) return [];
    const bytes = Number(found.fileLength ?? Number.NaN);
    return [
      {
        kind,
        ...(typeof found.fileName === 'string' ? { name: capped(found.fileName, 255) } : {}),
        ...(typeof found.mimetype === 'string' ? { type: capped(found.mimetype, 128) } : {}),
        ...(Number.isFinite(bytes) ? { bytes } : {}),
        ...placeOf(found),
      },
    ];
  });
}

/** Where it lies; without a place or a key it can only be named. */
function placeOf({
  directPath,
  mediaKey,
}: Content): Pick<WireMessage['media'][number], 'path' | 'key'> {
  if (typeof directPath !== 'string' || !(mediaKey instanceof Uint8Array)) return {};
  if (directPath.length > MOST_PATH || mediaKey.length !== KEY_BYTES) return {};
  return { path: directPath, key: Buffer.from(mediaKey).toString('base64') };
}

function contextOf(content: Content): Pick<WireMessage, 'forwarded' | 'mentions' | 'quotes'> {
  const inner = Object.keys(content).map((name) => part(content, name));
  const context = inner.map((found) => part(found, 'contextInfo')).find((found) => found);
  const { mentionedJid, stanzaId, participant, isForwarded } = context ?? {};
  const mentions = Array.isArray(mentionedJid) ? mentionedJid.map(String).slice(0, 256) : [];
  return {
    forwarded: isForwarded === true,
    mentions,
    ...(typeof stanzaId === 'string' && stanzaId !== ''
      ? {
          quotes: { id: stanzaId, ...(typeof participant === 'string' ? { by: participant } : {}) },
        }
      : {}),
  };
}

const part = (content: Content | undefined, name: string): Content | undefined => {
  const found = content?.[name];
  return typeof found === 'object' && found !== null ? (found as Content) : undefined;
};

const capped = (text: string, most: number): string => text.slice(0, most).toWellFormed();
