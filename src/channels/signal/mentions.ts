import type { Content } from './envelope.ts';
import { digitsIn, type Named, uuidIn } from './ids.ts';

const MOST_MENTIONS = 100;

/**
 * The words of a message. Signal puts a stand-in character where somebody is mentioned: our own goes, so
 * that the words begin with what is said to us, and others are named.
 */
export function wordsIn(
  { message, mentions }: Content,
  isMe: (named: Named) => boolean,
): { readonly text: string; readonly namesMe: boolean } {
  const whole = message ?? '';
  const inPlace = (mentions ?? [])
    .slice(0, MOST_MENTIONS)
    .filter(({ start, length }) => start + length <= whole.length)
    .toSorted((a, b) => b.start - a.start);
  let text = whole;
  for (const one of inPlace) {
    const name = isMe(one) ? '' : `@${digitsIn(one.number) ?? uuidIn(one.uuid) ?? 'somebody'}`;
    text = text.slice(0, one.start) + name + text.slice(one.start + one.length);
  }
  const namesMe = inPlace.some(isMe);
  return { text: namesMe ? text.trim() : text, namesMe };
}
