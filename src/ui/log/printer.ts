import type { Colors } from '../../base/theme.ts';
import type { Said } from '../find/said.ts';
import { paint, type Row } from '../text/spans.ts';
import { clip } from '../text/wrap.ts';
import { wrapRow } from '../text/wrap-row.ts';

/** Rows above the live region: written once, in order, and never again. */
export interface Printer {
  print(rows: readonly Row[]): void;
  /** Where rows go from now on, beginning with those that waited. */
  attach(write: (text: string) => void): void;
  /** Keeps rows back, because the terminal is not ours. */
  hold(): void;
}

/** Rows longer than the terminal are broken at spaces, as wide as it is when they are printed. */
export function createPrinter(
  colors: Colors,
  columns: () => number,
  said: Pick<Said, 'add'>,
): Printer {
  let waiting = '';
  let write: ((text: string) => void) | undefined;
  return {
    print(rows) {
      said.add(rows);
      const text = rows
        .flatMap((row) => fitted(row, columns()))
        .map((row) => `${paint(row, colors)}\n`)
        .join('');
      if (write && text !== '') write(text);
      else waiting += text;
    },
    attach(next) {
      write = next;
      const text = waiting;
      waiting = '';
      if (text !== '') next(text);
    },
    hold() {
      write = undefined;
    },
  };
}

/** A row as rows that are no longer than the terminal is wide. */
const fitted = (row: Row, columns: number): readonly Row[] =>
  row.some(({ cut }) => cut)
    ? [row.map((piece) => ({ ...piece, text: clip(piece.text, columns) }))]
    : wrapRow(row, columns);
