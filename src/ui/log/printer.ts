import { paint, type Row } from '../text/spans.ts';

/** Rows above the live region: written once, in order, and never again. */
export interface Printer {
  print(rows: readonly Row[]): void;
  /** Where rows go from now on, beginning with those that waited. */
  attach(write: (text: string) => void): void;
  /** Keeps rows back, because the terminal is not ours. */
  hold(): void;
}

export function createPrinter(color: boolean): Printer {
  let waiting = '';
  let write: ((text: string) => void) | undefined;
  return {
    print(rows) {
      const text = rows.map((row) => `${paint(row, color)}\n`).join('');
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
