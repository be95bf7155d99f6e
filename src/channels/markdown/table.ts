import type { Tokens } from 'marked';
import stringWidth from 'string-width';

/** What a table may grow by when its columns are aligned; beyond that it is shown as it was written. */
const MOST_GROWTH = 3;
const GAP = '  ';

/** A table as lines of equal-width letters, a rule below its head. */
export function tableLines({ header, rows, align, raw }: Tokens.Table): string {
  const cells = [header, ...rows].map((row) => row.map(({ text }) => text));
  const widths = header.map((_, at) => Math.max(...cells.map((row) => stringWidth(row[at] ?? ''))));
  const wide = widths.reduce((sum, width) => sum + width + GAP.length, 0);
  if (wide * (cells.length + 1) > MOST_GROWTH * raw.length + 200) return raw.trimEnd();
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => padded(cell, widths[at] ?? 0, align[at] ?? null))
      .join(GAP)
      .trimEnd();
  const [head = [], ...body] = cells;
  const rule = widths.map((width) => '─'.repeat(width));
  return [line(head), rule.join(GAP), ...body.map(line)].join('\n');
}

function padded(cell: string, width: number, align: Tokens.TableCell['align']): string {
  const missing = width - stringWidth(cell);
  const before = align === 'right' ? missing : align === 'center' ? missing >> 1 : 0;
  return ' '.repeat(before) + cell + ' '.repeat(missing - before);
}
