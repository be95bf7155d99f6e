import type { SentMedia } from '../frames.ts';
import type { Content } from './baileys.ts';

const bytes = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

/** A file that was put up, in WhatsApp's own form, with its caption. */
export function mediaContent(media: SentMedia, caption: string): Content {
  const { url, path, key, plainSum, sealedSum, bytes: fileLength, type: mimetype } = media;
  const file = {
    url,
    directPath: path,
    mimetype,
    fileLength,
    mediaKey: bytes(key),
    fileSha256: bytes(plainSum),
    fileEncSha256: bytes(sealedSum),
  };
  const words = caption === '' ? {} : { caption };
  if (media.kind === 'image') return { imageMessage: { ...file, ...words } };
  if (media.kind === 'video') return { videoMessage: { ...file, ...words } };
  // What is heard has no place for words.
  if (media.kind === 'audio' && caption === '') return { audioMessage: file };
  const name = media.name ?? media.kind;
  const documentMessage = { ...file, ...words, fileName: name, title: name };
  return caption === ''
    ? { documentMessage }
    : { documentWithCaptionMessage: { message: { documentMessage } } };
}
