import type { Card } from '../../domain/card.ts';

/** Words that a shell reads as they are. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** What a card asks about, on one line. A command is quoted so that its words can be told apart (POSIX). */
export const cardLine = ({ kind, words }: Pick<Card, 'kind' | 'words'>): string =>
  kind === 'command' ? words.map(quoted).join(' ') : words.join(' ');

const quoted = (word: string): string =>
  PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
