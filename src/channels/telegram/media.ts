import type { Message, Sticker } from 'grammy/types';
import { capped } from '../../base/capped.ts';
import type { MediaRef } from '../../domain/event.ts';

interface TelegramFile {
  readonly file_id: string;
  readonly file_size?: number;
  readonly file_name?: string;
  readonly mime_type?: string;
}

type Found = readonly [kind: MediaRef['kind'], file: TelegramFile | undefined, type?: string];

/** What is attached to a message; the bytes stay with Telegram. */
export function mediaOf(message: Message): MediaRef[] {
  const found: readonly Found[] = [
    // Whatever it was before: Telegram writes pictures anew.
    ['image', message.photo?.at(-1), 'image/jpeg'],
    stickerOf(message.sticker),
    ['audio', message.voice, 'audio/ogg'],
    ['audio', message.audio],
    ['video', message.video],
    ['video', message.video_note, 'video/mp4'],
    // Telegram repeats an animation as a document.
    message.animation ? ['video', message.animation] : ['file', message.document],
  ];
  return found.flatMap(([kind, file, type]) => (file ? [reference(kind, file, type)] : []));
}

function stickerOf(sticker: Sticker | undefined): Found {
  if (sticker?.is_video) return ['video', sticker, 'video/webm'];
  return sticker?.is_animated ? ['file', sticker] : ['image', sticker, 'image/webp'];
}

function reference(kind: MediaRef['kind'], file: TelegramFile, usual?: string): MediaRef {
  const { file_id: id, file_name: name, file_size: bytes, mime_type: type = usual } = file;
  return {
    kind,
    id,
    ...(name !== undefined && { name: capped(name, 255) }),
    ...(type !== undefined && { type: capped(type, 127) }),
    ...(bytes !== undefined && { bytes }),
  };
}
