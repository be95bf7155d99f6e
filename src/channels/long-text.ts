import { capped } from '../base/capped.ts';
import type { SendRequest } from '../domain/channel.ts';

/** A text that is too long for a message of its channel: the file that holds it, and what stands beside that. */
export interface LongText {
  readonly beginning: string;
  readonly file: {
    readonly name: string;
    readonly type: string;
    readonly bytes: Buffer<ArrayBuffer>;
  };
}

/** So much is read without opening the file. */
const MOST_BEGINNING = 500;

export function longText({ text, format }: Pick<SendRequest, 'text' | 'format'>): LongText {
  const [name, type] =
    format === 'markdown' ? ['answer.md', 'text/markdown'] : ['answer.txt', 'text/plain'];
  const start = capped(text, MOST_BEGINNING);
  // At the end of a line or a word, where one is near.
  const end = Math.max(start.lastIndexOf('\n'), start.lastIndexOf(' '));
  const told = (end > MOST_BEGINNING / 2 ? start.slice(0, end) : start).trim();
  return {
    beginning: `${told} …\n\nThe whole is in ${name}.`,
    file: { name, type, bytes: Buffer.from(text, 'utf8') },
  };
}
