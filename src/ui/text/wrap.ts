import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a person calls characters. */
export const graphemes = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

/** The last of them, found without looking at all others. */
export const lastCharacter = (text: string): string =>
  segmenter.segment(text).containing(text.length - 1)?.segment ?? '';

/**
 * Breaks text into rows of at most `width` columns, at newlines and else after a space where one is
 * near. Nothing is dropped: joined again without separator, rows are the text without its newlines.
 */
export const wrap = (text: string, width: number): readonly string[] =>
  text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));

function wrapLine(line: string, width: number): readonly string[] {
  // What a keyboard writes is one column a letter; looking that up is slow for a long text.
  const isPlain = /^[ -~]*$/.test(line);
  if ((isPlain ? line.length : stringWidth(line)) <= width) return [line];
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const char of isPlain ? line : graphemes(line)) {
    const columns = isPlain ? 1 : stringWidth(char);
    if (used + columns > width && row !== '') {
      const rest = afterLastSpace(row);
      rows.push(row.slice(0, row.length - rest.length));
      row = rest;
      used = stringWidth(rest);
    }
    row += char;
    used += columns;
  }
  return [...rows, row];
}

/** The unfinished word at the end of a full row; nothing where the row is one long word. */
function afterLastSpace(row: string): string {
  const at = row.lastIndexOf(' ');
  return at > row.length / 2 ? row.slice(at + 1) : '';
}

/** The text cut to `width` columns, with `…` where something is missing. For status words only. */
export function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let out = '';
  let used = 1;
  for (const char of graphemes(text)) {
    used += stringWidth(char);
    if (used > width) break;
    out += char;
  }
  return `${out}…`;
}
