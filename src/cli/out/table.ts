import stringWidth from 'string-width';
import { visible } from '../../base/visible.ts';

/** Rows in columns, two spaces apart, padded to what a terminal shows. The last column is not padded. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const clean = rows.map((row) => row.map(visible));
  const widths = (clean[0] ?? []).map((_, column) =>
    Math.max(...clean.map((row) => stringWidth(row[column] ?? ''))),
  );
  return clean.map((row) =>
    row
      .map((cell, column) =>
        column === row.length - 1
          ? cell
          : cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell)),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** A text filled up to `width` columns. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** At most `width` columns of a line; `…` stands for the rest. */
export function clipped(line: string, width: number): string {
  if (stringWidth(line) <= width) return line;
  let kept = '';
  let room = width - 1;
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    room -= stringWidth(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}
