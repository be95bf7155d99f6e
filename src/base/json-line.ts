/** Signs that move a cursor, hide or reorder text where a line of JSON is looked at rather than parsed. */
const UNSEEN = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu;

/**
 * A value as one line of JSON that is safe to look at: what JSON itself would leave unescaped and
 * nobody sees is written as `\uXXXX`. Reads back as the same value.
 */
export const jsonLine = (value: unknown): string => JSON.stringify(value).replace(UNSEEN, escaped);

const escaped = (char: string): string =>
  Array.from(
    { length: char.length },
    (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
