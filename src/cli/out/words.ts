import { shellWord } from '../../base/shell-word.ts';
import type { Card } from '../../domain/card.ts';

/** What a card asks about, on one line. A command is quoted so that its words can be told apart (POSIX). */
export const cardLine = ({ kind, words }: Pick<Card, 'kind' | 'words'>): string =>
  kind === 'command' ? words.map(shellWord).join(' ') : words.join(' ');
