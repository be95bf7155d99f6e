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
