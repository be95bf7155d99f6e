import type { Part, Script } from './script.ts';

/** Where somebody reads in a text. The only thing in this folder that changes. */
export interface Cursor {
  readonly text: string;
  at: number;
  /** Here-documents that begin after the next new line. */
  readonly awaited: HereDocument[];
  /** How deep it is: commands in commands. */
  depth: number;
  /** Reads the commands up to one of these words, and past it; `end` is which. */
  readonly nested: (
    cursor: Cursor,
    ends: readonly string[],
  ) => { readonly script: Script; readonly end: string };
}

export interface HereDocument {
  readonly delimiter: string;
  /** A quoted delimiter: the text is itself. */
  readonly literal: boolean;
  /** `<<-`: tabs at the beginning of lines do not count. */
  readonly tabs: boolean;
  /** Where its text is put once it is read. */
  readonly into: Part[];
  /** Where it was asked for. */
  readonly at: number;
}

/** Why a line is not read: where, and what somebody can do instead. Never leaves this folder. */
export class Unread extends Error {
  readonly at: number;
  readonly hint: string;
  constructor(at: number, why: string, hint: string) {
    super(why);
    this.at = at;
    this.hint = hint;
  }
}

/** Refuses what stands at a position, in a sentence without its beginning and end. */
export function refuse(at: number, why: string, hint = 'Write it without.'): never {
  throw new Unread(at, why, hint);
}

/** The next characters, or as many as there are. */
export const peek = ({ text, at }: Cursor, length = 1): string => text.slice(at, at + length);

export const atEnd = ({ text, at }: Cursor): boolean => at >= text.length;

/** Goes past a text if it comes next. */
export function take(cursor: Cursor, text: string): boolean {
  if (!cursor.text.startsWith(text, cursor.at)) return false;
  cursor.at += text.length;
  return true;
}

/** Goes past what a sticky pattern takes here, and tells it. */
export function takeMatch(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (!found) return undefined;
  cursor.at += found[0].length;
  return found;
}

/** Spaces, tabs, and new lines behind a backslash. */
export function skipBlanks(cursor: Cursor): void {
  takeMatch(cursor, /(?:[ \t]|\\\n)+/y);
}

/** A word ends at one of these unless it is quoted. */
export const endsWord = (char: string): boolean => char === '' || ' \t\n|&;<>()'.includes(char);
