import { hasHidden, visible } from '../../base/visible.ts';
import { readCommands } from './commands.ts';
import { type Cursor, Unread } from './cursor.ts';
import type { Script } from './script.ts';

export type LineReading =
  | { readonly ok: true; readonly script: Script }
  | {
      readonly ok: false;
      /** `hidden`: it holds what nobody can see, and must not run at all. `syntax`: a shell may know better. */
      readonly kind: 'hidden' | 'syntax';
      /** From 0, in UTF-16 units. */
      readonly at: number;
      /** A sentence with the position from 1: `Position 4: … .` */
      readonly why: string;
      /** What to do instead. */
      readonly hint: string;
    };

/** Longer lines are scripts, and nobody reads them on a card. */
export const MOST_LINE = 20_000;

/**
 * Reads a command line: programs with their words, pipes, `&& || ;`, redirections to files, variables,
 * what commands print, patterns, groups, loops and choices. Whatever else a shell would act on is
 * refused, and so is everything that cannot be seen, except tabs and new lines.
 */
export function readLine(text: string): LineReading {
  const hidden = hiddenAt(text);
  if (hidden !== undefined) {
    const why = `this is a hidden character ${visible(charAt(text, hidden))}`;
    return unread('hidden', hidden, [why, 'Type the line anew.']);
  }
  if (text.length > MOST_LINE)
    return unread('syntax', MOST_LINE, ['the line is too long', 'Put it in a file.']);
  const cursor: Cursor = { text, at: 0, awaited: [], depth: 0, nested: readCommands };
  try {
    return { ok: true, script: readCommands(cursor, ['']).script };
  } catch (error) {
    if (error instanceof Unread) return unread('syntax', error.at, [error.message, error.hint]);
    throw error;
  }
}

const unread = (
  kind: 'hidden' | 'syntax',
  at: number,
  [why, hint]: readonly [string, string],
): LineReading => ({ ok: false, kind, at, why: `Position ${at + 1}: ${why}.`, hint });

const charAt = (text: string, at: number): string =>
  String.fromCodePoint(text.codePointAt(at) ?? 0).toWellFormed();

function hiddenAt(text: string): number | undefined {
  let at = 0;
  for (const char of text) {
    if (char !== '\t' && (!char.isWellFormed() || hasHidden(char))) return at;
    at += char.length;
  }
  return undefined;
}
