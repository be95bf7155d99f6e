import { AtomError } from '../base/errors.ts';
import { hasHidden, visible } from '../base/visible.ts';

/**
 * Splits one command line into its words, for people who type commands. No shell ever sees the text,
 * so only what means the same with and without one is taken: plain words, '…', "…" and backslash.
 * Everything else a shell would act on is refused with its position (from 1) and what to do instead.
 * Throws AtomError `usage`.
 */
export function parseWords(text: string): string[] {
  refuseHidden(text);
  const words: string[] = [];
  let at = skipSpaces(text, 0);
  while (at < text.length) {
    if (words.length === 0) refuseAssignment(text, at);
    const word = readWord(text, at);
    words.push(word.text);
    at = skipSpaces(text, word.end);
  }
  if (!words[0]) throw new AtomError('usage', 'There is no command to run.', { next: [EXAMPLE] });
  return words;
}

interface Piece {
  readonly text: string;
  /** Where the next piece starts. */
  readonly end: number;
}

const EXAMPLE = 'Write the program and its arguments, for example: git log --oneline';
const QUOTE = 'Put it in single quotes if you mean the character itself.';
const ONE_COMMAND = 'Send one command at a time.';

/** What a shell would do with each of these outside quotes. */
const MEANINGS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  '|': ['a pipe', ONE_COMMAND],
  '&': ['the background or a second command', ONE_COMMAND],
  ';': ['a second command', ONE_COMMAND],
  '<': ['a redirection', 'Name the file as an argument instead.'],
  '>': ['a redirection', 'To write a file say: write TEXT to FILE'],
  '(': ['a subshell', QUOTE],
  ')': ['a subshell', QUOTE],
  $: ['a variable or a substitution', QUOTE],
  '`': ['a substitution', QUOTE],
  '*': ['a pattern', 'Name the files one by one, or put it in single quotes.'],
  '?': ['a pattern', 'Name the files one by one, or put it in single quotes.'],
  '[': ['a pattern', QUOTE],
  ']': ['a pattern', QUOTE],
  '{': ['an expansion', QUOTE],
  '}': ['an expansion', QUOTE],
  '!': ['the history', QUOTE],
  '^': ['the history or a pattern', QUOTE],
  '\n': ['a second command', ONE_COMMAND],
};

function refuse(at: number, what: string, hint: string): never {
  throw new AtomError('usage', `Position ${at + 1}: ${what}. I do not use a shell.`, {
    next: [hint],
  });
}

function refuseHidden(text: string): void {
  if (!text.isWellFormed()) throw new AtomError('usage', 'The command is not valid text.');
  let at = 0;
  for (const char of text) {
    if (hasHidden(char)) refuse(at, `a hidden character ${visible(char)}`, 'Type the line anew.');
    at += char.length;
  }
}

/** `NAME=value program` sets a variable in a shell and names a program that does not exist here. */
function refuseAssignment(text: string, start: number): void {
  const equals = text.indexOf('=', start);
  if (equals <= start) return;
  const name = text.slice(start, equals);
  if (Array.from(name).every((char) => char === '_' || char === '+' || isAlphanumeric(char))) {
    refuse(start, `"${name}=" would set a variable`, 'Use: env NAME=value PROGRAM');
  }
}

const isAlphanumeric = (char: string): boolean =>
  (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || (char >= '0' && char <= '9');

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

function readWord(text: string, start: number): Piece {
  let word = '';
  let at = start;
  while (at < text.length && text[at] !== ' ') {
    const piece = readPiece(text, at, start);
    word += piece.text;
    at = piece.end;
  }
  return { text: word, end: at };
}

function readPiece(text: string, at: number, start: number): Piece {
  const char = text.charAt(at);
  if (char === "'") return readSingle(text, at);
  if (char === '"') return readDouble(text, at);
  if (char === '\\') return readEscaped(text, at);
  if (char === '#' && at === start) refuse(at, '"#" starts a comment', QUOTE);
  if (char === '~' && (at === start || ':='.includes(text.charAt(at - 1)))) {
    refuse(at, '"~" stands for a home folder', 'Write the path from the jail folder.');
  }
  // `{}` is what find and xargs are given, and no shell changes it.
  if (char === '{' && text[at + 1] === '}') return { text: '{}', end: at + 2 };
  const meaning = MEANINGS[char];
  if (meaning)
    refuse(at, `${char === '\n' ? 'a new line' : `"${char}"`} is ${meaning[0]}`, meaning[1]);
  return { text: char, end: at + 1 };
}

function readSingle(text: string, at: number): Piece {
  const close = text.indexOf("'", at + 1);
  if (close < 0) refuse(at, 'this quote is never closed', "Add the closing ' or escape it: \\'");
  return { text: text.slice(at + 1, close), end: close + 1 };
}

function readEscaped(text: string, at: number): Piece {
  const char = text[at + 1];
  if (char === undefined || char === '\n') {
    refuse(at, 'a backslash at the end of a line', ONE_COMMAND);
  }
  return { text: char, end: at + 2 };
}

function readDouble(text: string, open: number): Piece {
  let word = '';
  for (let at = open + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return { text: word, end: at + 1 };
    if ('$`!'.includes(char))
      refuse(at, `"${char}" is read by a shell even in double quotes`, QUOTE);
    if (char !== '\\') {
      word += char;
      continue;
    }
    const next = text[at + 1];
    if (next === '\n') refuse(at, 'a backslash at the end of a line', ONE_COMMAND);
    // In double quotes a backslash only escapes these; before anything else it is itself.
    if (next !== undefined && '"\\$`'.includes(next)) at++;
    word += text.charAt(at);
  }
  return refuse(open, 'this quote is never closed', 'Add the closing "');
}
