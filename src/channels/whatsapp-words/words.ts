import type { SendRequest } from '../../domain/channel.ts';
import { readMarkdown } from '../markdown.ts';
import { MOST } from './most.ts';
import { asBlock, plainWords, withoutQuotes } from './plain.ts';
import { signedWords } from './signs.ts';

/**
 * What a message says, as WhatsApp takes it: nothing in it is read as a mark that is none. What would become too
 * long is shown as it was written.
 */
export function wordsOf({ text, format }: Pick<SendRequest, 'text' | 'format'>): string {
  const signed = format === 'markdown' ? signedWords(readMarkdown(text)) : plainWords(text);
  if (signed.length <= MOST) return signed;
  const plain = plainWords(text);
  return plain.length <= MOST ? plain : asBlock(withoutQuotes(text));
}
