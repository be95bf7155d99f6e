/**
 * Scripts that are written without spaces between words: each of their signs counts as a word, so that a
 * part of a sentence finds it.
 */
const SIGN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** A text as its words are noted down. */
export const indexedWords = (text: string): string => text.replace(SIGN, ' $& ');

/** More words than these make a search slow and no better. */
const MOST_WORDS = 16;
/** From this length on, a word also finds those that begin alike: `allergies` finds `allergic`, `boats` a `boat`. */
const BENDS_FROM = 5;
const LEAST_STEM = 4;

/**
 * A query of FTS5 for each of the words of a text that are searched for, none twice. Nothing of the text is
 * taken for anything but words.
 */
export function queriesFor(text: string): readonly string[] {
  const all = [...new Set(text.normalize('NFC').toLowerCase().match(WORD) ?? [])];
  const telling = all.filter(says);
  return (telling.length > 0 ? telling : all)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MOST_WORDS)
    .map(partFor);
}

/** `is` and `my` are in every sentence, so they count only where nothing else is said; a single sign may tell all. */
const says = (word: string): boolean =>
  word.length > 2 || /\p{N}/u.test(word) || word.search(SIGN) >= 0;

function partFor(word: string): string {
  if (word.search(SIGN) >= 0) return `"${indexedWords(word).trim().replaceAll(/\s+/g, ' ')}"`;
  if (word.length < BENDS_FROM) return word.length < 3 ? `"${word}"` : `"${word}" OR "${word}"*`;
  const stem = Array.from(word)
    .slice(0, Math.max(LEAST_STEM, Math.ceil((word.length * 2) / 3)))
    .join('');
  return `"${word}" OR "${stem}"*`;
}
