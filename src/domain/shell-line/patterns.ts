import { type Cursor, refuse, takeMatch } from './cursor.ts';
import type { Part } from './script.ts';

/** What may stand between brackets: plain characters, escaped ones, and classes such as `[:digit:]`. */
const BRACKET = /\[([!^]?)((?:\[:[a-z]+:\]|[A-Za-z0-9_.,:@%+=-]|\\[^A-Za-z0-9\n])+)\]/y;

/** Reads `[a-z]`; a `[` that is never closed is itself. */
export function readBracket(cursor: Cursor): Part {
  const found = takeMatch(cursor, BRACKET);
  if (found) return { kind: 'pattern', text: `[${found[1] ? '!' : ''}${found[2]}]` };
  if (/^[^ \t\n|&;<>()]*\]/.test(cursor.text.slice(cursor.at + 1)))
    refuse(
      cursor.at,
      'this pattern in brackets is not one that I read',
      'Put it in single quotes.',
    );
  cursor.at += 1;
  return { kind: 'text', text: '[' };
}
