import { AtomError } from '../base/errors.ts';

/** Longer texts are refused whole: a part of a request is another request. */
export const MAX_TEXT = 65_536;

/** `448,890 of at most 65,536 characters`. */
export const lengthWords = (text: string): string =>
  `${text.length.toLocaleString('en')} of at most ${MAX_TEXT.toLocaleString('en')} characters`;

/** Throws AtomError `usage` where a text is longer than anything a person says. */
export function checkLength(text: string): void {
  if (text.length <= MAX_TEXT) return;
  throw new AtomError('usage', `The message is too long: ${lengthWords(text)}.`, {
    next: ['Put it into a file in the jail and ask about that file.'],
  });
}
