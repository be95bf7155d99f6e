import { plain, type Row, span, widthOf } from './spans.ts';
import { wrap } from './wrap.ts';

/** What is said begins below what was said: behind `you  ` and `atom `. */
const HANG = 5;

/** The row as rows of at most `columns`, broken like `wrap`; nothing but the indent is added. */
export function wrapRow(spans: Row, columns: number): readonly Row[] {
  if (widthOf(spans) <= columns) return [spans];
  const text = plain(spans);
  const [first = ''] = wrap(text, columns);
  const indent = span(' '.repeat(columns > 2 * HANG ? HANG : 0));
  let at = first.length;
  const others = wrap(text.slice(at), columns - indent.text.length).map((line) => {
    const from = at;
    at += line.length;
    return [indent, ...cut(spans, from, at)];
  });
  return [cut(spans, 0, first.length), ...others];
}

/** The spans between two offsets of their text. */
function cut(spans: Row, from: number, to: number): Row {
  let start = 0;
  return spans.flatMap((piece) => {
    const text = piece.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += piece.text.length;
    return text === '' ? [] : [{ ...piece, text }];
  });
}
