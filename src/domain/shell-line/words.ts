import { type Cursor, endsWord, peek, refuse } from './cursor.ts';
import { readBackquoted, readDollar } from './expansions.ts';
import { readBracket } from './patterns.ts';
import type { Part, Word } from './script.ts';

export interface ReadWord {
  readonly parts: Word;
  /** The text as written, up to the first quote or expansion. */
  readonly bare: string;
  /** True where nothing in it is quoted or expanded, so that it may be a word of the language. */
  readonly plain: boolean;
  readonly at: number;
}

/** Reads one word; undefined where none begins here. */
export function readWord(cursor: Cursor): ReadWord | undefined {
  const at = cursor.at;
  const process = readProcess(cursor);
  if (process) return { parts: [process], bare: '', plain: false, at };
  if (endsWord(peek(cursor))) return undefined;
  if (peek(cursor) === '#') refuse(at, '"#" starts a comment', QUOTE);
  const parts: Part[] = readHome(cursor);
  const braces = { open: false };
  let bare = '';
  let plain = parts.length === 0;
  while (!endsWord(peek(cursor))) {
    const char = peek(cursor);
    if (QUOTING.includes(char)) plain = false;
    else if (plain) bare += char;
    refuseBraces(cursor, braces);
    for (const part of readPart(cursor)) push(parts, part);
  }
  if (beginsProcess(cursor))
    refuse(
      cursor.at,
      'this parenthesis would be a part of the word before it',
      'Put a space first.',
    );
  return { parts, bare, plain, at };
}

const QUOTE = 'Put it in single quotes if you mean the character itself.';
const QUOTING = '\'"\\$`';

/** `<(…)` and `>(…)`, where they are a word of their own. */
function readProcess(cursor: Cursor): Part | undefined {
  const direction = peek(cursor);
  if (!beginsProcess(cursor)) return undefined;
  cursor.at += 2;
  const { script } = cursor.nested(cursor, [')']);
  if (!endsWord(peek(cursor)) || '<>'.includes(peek(cursor) || ' '))
    refuse(
      cursor.at,
      'what follows this parenthesis belongs to the same word',
      'Put a space behind it.',
    );
  return { kind: 'process', direction: direction === '<' ? '<' : '>', script };
}

const beginsProcess = (cursor: Cursor): boolean => ['<(', '>('].includes(peek(cursor, 2));

/** Adds a part; texts that stand together are one. */
export function push(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  if (part.kind === 'text' && last?.kind === 'text')
    parts[parts.length - 1] = { kind: 'text', text: last.text + part.text };
  else parts.push(part);
}

/** One word out of a word, as where a shell neither splits nor looks for files. */
export function asOne(word: Word): Word {
  const parts: Part[] = [];
  for (const part of word) {
    if (part.kind === 'pattern') push(parts, text(part.text));
    else if (part.kind === 'text' || part.kind === 'process') push(parts, part);
    else push(parts, { ...part, quoted: true });
  }
  return parts;
}

const text = (value: string): Part => ({ kind: 'text', text: value });

/** `~` and `~/…` are the home folder; anybody else's is not read. */
function readHome(cursor: Cursor): Part[] {
  if (peek(cursor) !== '~') return [];
  const next = cursor.text.charAt(cursor.at + 1);
  if (next !== '/' && !endsWord(next))
    refuse(cursor.at, '"~" and a name is somebody’s home folder', QUOTE);
  cursor.at += 1;
  return [
    { kind: 'variable', variable: { name: 'HOME', length: false, change: '' }, quoted: true },
  ];
}

/** `{a,b}` and `{1..9}` are several words to some shells and one to others. */
function refuseBraces({ text: whole, at }: Cursor, braces: { open: boolean }): void {
  const char = whole.charAt(at);
  if (char === '{') braces.open = whole.charAt(at + 1) !== '}';
  else if (braces.open && (char === ',' || whole.startsWith('..', at)))
    refuse(at, 'braces stand for several words', 'Write the words one by one.');
}

function readPart(cursor: Cursor): readonly Part[] {
  const { at } = cursor;
  const char = peek(cursor);
  if (char === "'") return [text(readSingle(cursor))];
  if (char === '"') return readDouble(cursor);
  if (char === '\\') return readEscaped(cursor);
  if (char === '$') return [readDollar(cursor, false)];
  if (char === '`') return [readBackquoted(cursor, false)];
  if (char === '[') return [readBracket(cursor)];
  if (char === '!' && '!$'.includes(cursor.text.charAt(at + 1) || ' '))
    refuse(at, '"!" asks for the history', QUOTE);
  if ('?*+@!'.includes(char) && cursor.text.charAt(at + 1) === '(')
    refuse(at, 'this pattern is read by one kind of shell only', QUOTE);
  cursor.at += 1;
  return [char === '*' || char === '?' ? { kind: 'pattern', text: char } : text(char)];
}

function readSingle(cursor: Cursor): string {
  const close = cursor.text.indexOf("'", cursor.at + 1);
  if (close < 0) refuse(cursor.at, 'this quote is never closed', "Add the closing ' or write \\'");
  const found = cursor.text.slice(cursor.at + 1, close);
  cursor.at = close + 1;
  return found;
}

function readEscaped(cursor: Cursor): readonly Part[] {
  const char = cursor.text.charAt(cursor.at + 1);
  if (char === '') refuse(cursor.at, 'a backslash ends the line', QUOTE);
  cursor.at += 2;
  return char === '\n' ? [] : [text(char)];
}

function readDouble(cursor: Cursor): readonly Part[] {
  const open = cursor.at;
  cursor.at += 1;
  const parts = readQuoted(cursor, '"');
  if (peek(cursor) !== '"') refuse(open, 'this quote is never closed', 'Add the closing "');
  cursor.at += 1;
  return parts;
}

/** The inside of double quotes, or of a here-document, up to `end`. At least one part, be it empty. */
export function readQuoted(cursor: Cursor, end: string): readonly Part[] {
  const parts: Part[] = [text('')];
  for (let char = peek(cursor); char !== '' && char !== end; char = peek(cursor)) {
    if (char === '$') push(parts, readDollar(cursor, true));
    else if (char === '`') push(parts, readBackquoted(cursor, true));
    else push(parts, text(char === '\\' ? quotedEscape(cursor, end) : plainChar(cursor)));
  }
  return parts.length > 1 && isEmpty(parts[0]) ? parts.slice(1) : parts;
}

const isEmpty = (part: Part | undefined): boolean => part?.kind === 'text' && part.text === '';

function plainChar(cursor: Cursor): string {
  cursor.at += 1;
  return cursor.text.charAt(cursor.at - 1);
}

/** In double quotes a backslash only escapes a few characters; before any other it is itself. */
function quotedEscape(cursor: Cursor, end: string): string {
  const next = cursor.text.charAt(cursor.at + 1);
  const escaped = next !== '' && `$\`\\\n${end}`.includes(next);
  cursor.at += escaped ? 2 : 1;
  if (!escaped) return '\\';
  return next === '\n' ? '' : next;
}
