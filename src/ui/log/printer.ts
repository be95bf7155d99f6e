import { paint, type Row } from '../text/spans.ts';
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
export function createPrinter(color: boolean, columns: () => number): Printer {
  let waiting = '';
  let write: ((text: string) => void) | undefined;
  return {
    print(rows) {
      const text = rows
        .flatMap((row) => wrapRow(row, columns()))
        .map((row) => `${paint(row, color)}\n`)
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
