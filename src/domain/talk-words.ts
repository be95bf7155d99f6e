import { visible } from '../base/visible.ts';
import type { Talk } from './session.ts';

const MOST_WORDS = 50;

/** The first words of a conversation, short and safe to draw. */
export function beginsWith({ begins }: Pick<Talk, 'begins'>): string {
  const text = begins.replaceAll(/\s+/g, ' ').trim();
  if (text === '') return '(nothing was said)';
  const short = text.length <= MOST_WORDS ? text : `${text.slice(0, MOST_WORDS - 1)}…`;
  return `“${visible(short.toWellFormed())}”`;
}

/** A time as it is told among others: `27 Nov 14:05`. */
export const shortTime = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(at)
    .replace(',', '');

/** A conversation on one line of a chat. */
export const talkLine = (talk: Talk): string =>
  [
    `${talk.number}  ${shortTime(talk.lastAt ?? talk.begunAt)}`,
    beginsWith(talk),
    ...(talk.model === undefined ? [] : [talk.model]),
    ...(talk.current ? ['goes on now'] : []),
  ].join(' · ');
