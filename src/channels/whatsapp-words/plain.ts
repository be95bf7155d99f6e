/**
 * WhatsApp reads signs as marks and has nothing that escapes them: `*b*`, `_i_`, `~s~`, code between backquotes,
 * a line that begins with `> `. A sign opens after what is no letter and no digit and before what is no space,
 * and closes the other way round, on the same line. Only in code do they all stand for themselves.
 * Source: faq.whatsapp.com/539178204879377, and how WhatsApp Web shows them.
 */
const WORDY = /[\p{L}\p{N}]/u;
export const SIGNS = ['*', '_', '~'] as const;

/** Stands in for a backquote where there are too many for code to hold. */
const STAND_IN = '‵';

export const isWordy = (char: string | undefined): boolean => WORDY.test(char ?? '');

const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);

/** True where a sign at a place could begin a mark. */
const opens = (text: string, at: number): boolean =>
  !isWordy(text[at - 1]) && !isSpace(text[at + 1]);

const closes = (text: string, at: number): boolean =>
  !isSpace(text[at - 1]) && !isWordy(text[at + 1]);

/** True where a sign in a word could be half of a mark. */
export const couldAct = (word: string): boolean =>
  [...SIGNS].some((sign) =>
    [...word.matchAll(new RegExp(`\\${sign}`, 'g'))].some(
      ({ index }) => opens(word, index) || closes(word, index),
    ),
  );

/** A text of one line as code, which shows it sign by sign. */
export function asCode(text: string): string {
  if (!text.includes('`')) return `\`${text}\``;
  const isHeld = !text.includes('```') && !text.startsWith('`') && !text.endsWith('`');
  return isHeld ? `\`\`\`${text}\`\`\`` : `\`${withoutQuotes(text)}\``;
}

/** Several lines as code. */
export const asBlock = (text: string): string => `\`\`\`\n${withoutFences(text)}\n\`\`\``;

const withoutFences = (text: string): string =>
  /```|^`|`$/.test(text) ? withoutQuotes(text) : text;

export const withoutQuotes = (text: string): string => text.replaceAll('`', STAND_IN);

/**
 * Words that mean just what they say: a line in which signs would act is shown as code. So a command on a card
 * cannot hide a star of it.
 */
export const plainWords = (text: string): string =>
  text
    .split('\n')
    .map((line) => (actsIn(line) ? around(line, asCode) : line))
    .join('\n');

function actsIn(line: string): boolean {
  if (line.includes('`') || /^\s*>/.test(line)) return true;
  return SIGNS.some((sign) => {
    const places = [...line].flatMap((char, at) => (char === sign ? [at] : []));
    const first = places.find((at) => opens(line, at));
    return first !== undefined && places.some((at) => at > first && closes(line, at));
  });
}

/** Does something with what stands between the spaces of a text. */
export function around(text: string, make: (inner: string) => string): string {
  const inner = text.trim();
  if (inner === '') return text;
  const from = text.indexOf(inner);
  return text.slice(0, from) + make(inner) + text.slice(from + inner.length);
}
