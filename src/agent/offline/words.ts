/** One word of a message, or one quoted piece of it. */
export interface Word {
  /** Lower case, without quotes: what patterns are compared with. */
  readonly text: string;
  /** As written, without quotes. */
  readonly value: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

export interface Message {
  readonly text: string;
  readonly words: readonly Word[];
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’' };
const ENDINGS = '.,!?;:…';
const POLITE_FIRST = ['please', 'can', 'could', 'would', 'you', 'hey', 'ok', 'atom'];
const POLITE_LAST = ['please', 'thanks', 'now'];

/** Splits at white space; a quote that opens a word runs to the quote that closes one. */
export function readMessage(text: string): Message {
  const words: Word[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const word = quotedWord(text, at) ?? plainWord(text, at);
    words.push(word);
    at = skipSpace(text, word.end);
  }
  return { text, words };
}

/** Without the manners at the start: `please`, `can you`. */
export function withoutGreeting({ text, words }: Message): Message {
  const first = words.findIndex((word) => !POLITE_FIRST.includes(bare(word)));
  return { text, words: words.slice(first < 0 ? 0 : first) };
}

/** Without the manners and the punctuation at the end. `.` and `..` are folders and stay. */
export function withoutEnding({ text, words }: Message): Message {
  const last = words.findLastIndex((word) => !POLITE_LAST.includes(bare(word)));
  const kept = words.slice(0, last + 1);
  const final = kept.at(-1);
  if (final === undefined || final.quoted) return { text, words: kept };
  return { text, words: [...kept.slice(0, -1), unpunctuated(final)] };
}

/** One text for every way to write the same words. */
export const phraseKey = (text: string): string =>
  withoutEnding(withoutGreeting(readMessage(text)))
    .words.map((word) => word.text)
    .join(' ');

const bare = (word: Word): string => (word.quoted ? '' : unpunctuated(word).text);

function unpunctuated(word: Word): Word {
  let end = word.value.length;
  while (end > 0 && ENDINGS.includes(word.value.charAt(end - 1))) end--;
  if (end === 0) return word;
  const value = word.value.slice(0, end);
  return { ...word, value, text: lower(value), end: word.start + end };
}

const lower = (text: string): string => text.toLowerCase().replaceAll('’', "'");

const isSpace = (char: string | undefined): boolean => char !== undefined && char.trim() === '';

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text[at])) at++;
  return at;
}

function plainWord(text: string, start: number): Word {
  let end = start;
  while (end < text.length && !isSpace(text[end])) end++;
  const value = text.slice(start, end);
  return { text: lower(value), value, quoted: false, start, end };
}

/** Undefined where no quote opens here, or none closes it: then it is an apostrophe. */
function quotedWord(text: string, start: number): Word | undefined {
  const close = QUOTES[text.charAt(start)];
  if (close === undefined) return undefined;
  for (let at = text.indexOf(close, start + 1); at >= 0; at = text.indexOf(close, at + 1)) {
    const end = at + 1;
    if (end < text.length && !isSpace(text[end])) continue;
    const value = text.slice(start + 1, at);
    return { text: lower(value), value, quoted: true, start, end };
  }
  return undefined;
}
