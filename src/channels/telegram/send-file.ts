import { openAsBlob } from 'node:fs';
import type { Api } from 'grammy';
import type { Message, MessageEntity } from 'grammy/types';
import { sizeWords } from '../../base/size.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { OutboundMedia } from '../../domain/message.ts';
import { fileOf, forGrammy } from './api.ts';
import { telegramFacts } from './facts.ts';
import { wordsOf } from './words.ts';

/** Where in which chat a message goes, and how it looks. */
export interface Place {
  readonly chat: number;
  readonly look: object;
  readonly signal: AbortSignal;
}

type Sending = SendRequest & { readonly media: OutboundMedia };

/** Sends a file with its text below it, as what Telegram shows of such a file. Throws SendError. */
export async function sendFile(api: Api, message: Sending, place: Place): Promise<Message> {
  const file = await opened(message.media);
  const { text, entities } = await wordsOf(message, telegramFacts.maxCaption);
  if (text.length > (telegramFacts.maxCaption ?? 0))
    throw refused('the text is too long to stand below a file');
  const caption = {
    ...(text !== '' && { caption: text }),
    ...(entities && { caption_entities: entities }),
  };
  const send = (way: Way): Promise<Message> => WAYS[way](api, { place, file, caption });
  const way = wayOf(message.media);
  if (way !== 'photo') return send(way);
  // One that is too long or too wide for a picture is still a file.
  return send(way).catch((thrown: unknown) => {
    if (/PHOTO_INVALID_DIMENSIONS|IMAGE_PROCESS_FAILED/.test(String(thrown)))
      return send('document');
    throw thrown;
  });
}

type File = Awaited<ReturnType<typeof fileOf>>;

interface Parcel {
  readonly place: Place;
  readonly file: File;
  readonly caption: { readonly caption?: string; readonly caption_entities?: MessageEntity[] };
}

const WAYS = {
  photo: (api: Api, { place: { chat, look, signal }, file, caption }: Parcel) =>
    api.sendPhoto(chat, file, { ...caption, ...look }, forGrammy(signal)),
  animation: (api: Api, { place: { chat, look, signal }, file, caption }: Parcel) =>
    api.sendAnimation(chat, file, { ...caption, ...look }, forGrammy(signal)),
  voice: (api: Api, { place: { chat, look, signal }, file, caption }: Parcel) =>
    api.sendVoice(chat, file, { ...caption, ...look }, forGrammy(signal)),
  audio: (api: Api, { place: { chat, look, signal }, file, caption }: Parcel) =>
    api.sendAudio(chat, file, { ...caption, ...look }, forGrammy(signal)),
  video: (api: Api, { place: { chat, look, signal }, file, caption }: Parcel) =>
    api.sendVideo(chat, file, { ...caption, ...look }, forGrammy(signal)),
  document: (api: Api, { place: { chat, look, signal }, file, caption }: Parcel) =>
    api.sendDocument(
      chat,
      file,
      // Or Telegram makes of it what it takes it for.
      { ...caption, ...look, disable_content_type_detection: true },
      forGrammy(signal),
    ),
} satisfies Record<string, (api: Api, parcel: Parcel) => Promise<Message>>;

type Way = keyof typeof WAYS;

/** What each method takes: core.telegram.org/bots/api#sendaudio and those beside it. */
const BY_TYPE: Readonly<Record<string, Way>> = {
  'image/png': 'photo',
  'image/jpeg': 'photo',
  'image/webp': 'photo',
  'image/gif': 'animation',
  'audio/ogg': 'voice',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'video/mp4': 'video',
};

const wayOf = ({ kind, type = kind === 'image' ? 'image/png' : '' }: OutboundMedia): Way =>
  kind === 'file' ? 'document' : (BY_TYPE[type] ?? 'document');

const NAMES = { image: 'picture.png', audio: 'audio', video: 'video', file: 'file' } as const;

async function opened({ kind, path, name = NAMES[kind] }: OutboundMedia): Promise<File> {
  const bytes = await blobOf(path);
  const most = telegramFacts.media[kind] ?? 0;
  if (bytes.size > most)
    throw refused(
      `Telegram takes ${sizeWords(most)} at most of such a file, and it has ${sizeWords(bytes.size)}`,
    );
  return fileOf(bytes, name);
}

async function blobOf(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch {
    throw refused('the file is gone');
  }
}

const refused = (reason: string): SendError => new SendError({ kind: 'refused', reason });
