/**
 * Text from outside, made safe to look at: whatever could move a cursor, hide, reorder or imitate is
 * written out as `⟦U+202E⟧`. Nothing is dropped, so what a person reads is what is there.
 * Covers every \p{C}, default-ignorables, bidi controls, every space but U+0020, U+2800 and the
 * Hangul fillers; Unicode 16 properties as this Node knows them.
 */
const HIDDEN =
  /[\p{C}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800\u3164\u115f\u1160\uffa0]|(?! )\p{Z}/u;
const LONG_GAP = / {4,}/g;

/** One line, nothing invisible: newlines become `⏎`, runs of four or more spaces `⟦12 spaces⟧`. */
export const visible = (text: string): string =>
  escapeEach(text, (char) => (char === '\n' ? '⏎' : undefined)).replace(
    LONG_GAP,
    (gap) => `⟦${gap.length} spaces⟧`,
  );

/**
 * Several lines: keeps newlines, tabs (as two spaces) and whole emoji, whose joiners draw what
 * everybody expects; escapes the rest like `visible`.
 */
export function visibleBlock(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  // Nearly all that is long has nothing to write out, and is looked at once instead of sign by sign.
  if (!HIDDEN.test(lines.replaceAll(/[\n\t]/g, ''))) return lines.replaceAll('\t', '  ');
  if (!JOINER.test(lines)) return escapeEach(lines, keepLayout);
  return lines
    .split(emoji())
    .map((part, at) => (at % 2 === 1 ? part : escapeEach(part, keepLayout)))
    .join('');
}

/** Signs that are hidden by themselves and belong to some emoji. */
const JOINER = /[\u200d\ufe0f\u{e0020}-\u{e007f}]/u;

/**
 * The emoji that Unicode recommends for interchange; an odd sequence of the same signs is not one.
 * Made on first need: the pattern holds thousands of sequences and takes 10 ms to compile.
 */
const emoji = (): RegExp => /(\p{RGI_Emoji})/v;

const keepLayout = (char: string): string | undefined =>
  char === '\n' ? char : char === '\t' ? '  ' : undefined;

/** True where `visible` would write anything out. */
export const hasHidden = (text: string): boolean => HIDDEN.test(text.replaceAll('\n', ''));

function escapeEach(text: string, keep: (char: string) => string | undefined): string {
  let out = '';
  for (const char of text.toWellFormed()) out += keep(char) ?? escapeHidden(char);
  return out;
}

const escapeHidden = (char: string): string => (HIDDEN.test(char) ? `⟦${codePoint(char)}⟧` : char);

const codePoint = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const LETTER_SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/** Letters and digits of double width, which pass for the ordinary ones. */
const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;

/**
 * A word that mixes Latin, Cyrillic and Greek letters is read wrongly by everybody: its letters of
 * the rarer scripts are shown with their code points (`p⟦а U+0430⟧ypal`), and so are letters and digits
 * of double width. Other words are untouched.
 */
export const unmix = (text: string): string =>
  text
    .replaceAll(WIDE, marked)
    .replace(/[\p{L}\p{M}]+/gu, (word) => (scriptsOf(word) > 1 ? markForeign(word) : word));

const scriptsOf = (word: string): number =>
  LETTER_SCRIPTS.filter((script) => script.test(word)).length;

const markForeign = (word: string): string =>
  Array.from(word, (char) =>
    /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(char) ? marked(char) : char,
  ).join('');

const marked = (char: string): string => `⟦${char} ${codePoint(char)}⟧`;

/** A claim of somebody else, safe between quotes: it cannot end them, nor pass for another word. */
export const quotable = (claimed: string): string =>
  unmix(visible(claimed)).replaceAll(/["“”„‟«»″‶＂❝❞〝〞〟]/g, "'");
