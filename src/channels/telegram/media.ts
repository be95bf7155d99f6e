import type { Message } from 'grammy/types';
import type { MediaRef } from '../../domain/event.ts';
import { capped } from './capped.ts';

interface TelegramFile {
  readonly file_id: string;
  readonly file_size?: number;
  readonly file_name?: string;
}

/** What is attached to a message; the bytes stay with Telegram. */
export function mediaOf(message: Message): MediaRef[] {
  const found: [MediaRef['kind'], TelegramFile | undefined][] = [
    ['image', message.photo?.at(-1)],
    ['image', message.sticker],
    ['audio', message.voice],
    ['audio', message.audio],
    ['video', message.video],
    ['video', message.video_note],
    // Telegram repeats an animation as a document.
    message.animation ? ['video', message.animation] : ['file', message.document],
  ];
  return found.flatMap(([kind, file]) => (file ? [reference(kind, file)] : []));
}

const reference = (kind: MediaRef['kind'], file: TelegramFile): MediaRef => ({
  kind,
  id: file.file_id,
  ...(file.file_name !== undefined && { name: capped(file.file_name, 255) }),
  ...(file.file_size !== undefined && { bytes: file.file_size }),
});
