import stringWidth from 'string-width';
import { type ComposerLook, composerRows } from '../composer/rows.ts';
import { type Row, row, span } from '../text/spans.ts';
import { clip, graphemes } from '../text/wrap.ts';
import type { Find } from './find.ts';
import { piecesOf } from './words.ts';

interface Look {
  readonly columns: number;
  /** Rows that there are for it. */
  readonly most: number;
}

/** Says without colour which line is looked at; the words themselves are drawn the other way round. */
const MARK = '▸ ';
const NO_MARK = '  ';
/** So much of a long line is shown before its first match. */
const BEFORE = 16;

/** Where the words are written. */
export const findLine = ({ query, placed }: Find, look: ComposerLook): readonly Row[] =>
  composerRows(query, {
    columns: look.columns,
    maxRows: 1,
    focused: look.focused && !placed,
    prompt: 'find: ',
    hint: 'words that a line must have',
  });

/** The lines that were found, or the one that is looked at among its neighbours, below a row that says how many. */
export function findRows(find: Find, { columns, most }: Look): readonly Row[] {
  if (most < 2) return [];
  const { lines, found, at, placed } = find;
  const current = found[at];
  const numbers = placed ? lines.map((_, number) => number) : found;
  const middle = placed ? (current ?? 0) : at;
  const shown = current === undefined ? [] : around(numbers, middle, most - 1);
  return [
    row(clip(headWords(find), columns - 1), 'strong'),
    ...shown.map((number) => lineRow(find, { number, columns })),
  ];
}

function headWords({ query, found, at, placed }: Find): string {
  const count = found.length;
  if (query.text.trim() === '') return 'find · in all that stands above · Esc closes';
  if (count === 0)
    return 'find · no line has that · Esc closes · the whole log: atom logs --search';
  const where = `find · ${at + 1} of ${count}`;
  return placed
    ? `${where} · n or ↑ older · N or ↓ newer · Esc closes`
    : `${where} · ↑ older · ↓ newer · Enter shows it in its place · Esc closes`;
}

/** As many as there is room for, with that one among them, in the middle where it can be. */
function around(all: readonly number[], middle: number, room: number): readonly number[] {
  const from = Math.max(0, Math.min(middle - Math.floor(room / 2), all.length - room));
  return all.slice(from, from + room);
}

function lineRow(
  { lines, found, at, query }: Find,
  { number, columns }: { readonly number: number; readonly columns: number },
): Row {
  const isCurrent = number === found[at];
  const text = cutTo(lines[number] ?? '', query.text, columns - MARK.length - 1);
  return [
    span(isCurrent ? MARK : NO_MARK, 'accent'),
    ...piecesOf(text, query.text).map((piece) =>
      piece.found ? span(piece.text, 'found') : span(piece.text, isCurrent ? undefined : 'dim'),
    ),
  ];
}

/** A line that is too long, from a little before its first match on. */
function cutTo(line: string, query: string, width: number): string {
  if (stringWidth(line) <= width) return line;
  const [first, match] = piecesOf(line, query);
  const start = first === undefined || match === undefined ? [] : graphemes(first.text);
  const isNear = first?.found === true || stringWidth(start.join('')) < width / 2;
  const from = isNear ? 0 : start.slice(0, -BEFORE).join('').length;
  return clip(`${from > 0 ? '…' : ''}${line.slice(from)}`, width);
}
