import type { SendRequest } from '../../domain/channel.ts';
import { numberedText } from '../numbered.ts';
import { wordsOf } from '../whatsapp-words/words.ts';

/** What a phone shows of a message: its words, and its buttons as numbers to reply with. */
export const shownText = (message: Pick<SendRequest, 'text' | 'format' | 'buttons'>): string =>
  numberedText({ ...message, text: wordsOf(message) });
