import { cpus } from 'node:os';
import type { Spread } from './measure.ts';

/** What something is held beside: the least that this machine does the like for, in the same run. */
export interface Limit {
  readonly name: string;
  readonly p50: number;
}

export interface Row {
  readonly what: string;
  readonly p50: number;
  readonly p95?: number;
  /** `/s` counts more as better, all others less. */
  readonly unit: 'ms' | 'µs' | 'MB' | 'packages' | '/s';
  readonly beside?: Limit;
  /** What it costs among a hundred thousand rows, over what it costs among a thousand. */
  readonly growth?: number;
}

/** A row in milliseconds. */
export const timed = (what: string, { p50, p95 }: Spread, beside?: Limit): Row => ({
  what,
  p50,
  p95,
  unit: 'ms',
  ...(beside && { beside }),
});

/** A bench by its name in `--only`. */
export type Benches = Readonly<Record<string, () => Promise<readonly Row[]>>>;

/** The machine that all was measured on. */
export const machine = (): string =>
  `${cpus().length} x ${cpus()[0]?.model.trim()}, node ${process.version}, ${process.platform}`;

const HEADS = ['what', 'p50', 'p95', 'beside', 'ratio', 'growth'];

export function asText(rows: readonly Row[]): string {
  const all = [HEADS, ...rows.map(cells)];
  const widths = HEADS.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, at) => pad(cell, widths[at] ?? 0, at))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const asMarkdown = (rows: readonly Row[]): string =>
  [HEADS, ['---', '--:', '--:', '---', '--:', '--:'], ...rows.map(cells)]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/** Prints the rows of a bench that `npm run bench` runs in a process of its own: as data with `--json`. */
export const tellRows = (rows: readonly Row[]): void =>
  console.log(process.argv.includes('--json') ? JSON.stringify({ rows }) : asText(rows));

const isText = (column: number): boolean => column === 0 || column === 3;
const pad = (cell: string, width: number, column: number): string =>
  isText(column) ? cell.padEnd(width) : cell.padStart(width);

function cells({ what, p50, p95, unit, beside, growth }: Row): readonly string[] {
  const shown = (value: number | undefined): string =>
    value === undefined ? '' : `${value.toFixed(value < 1 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
  return [
    ...[what, shown(p50), shown(p95)],
    ...(beside ? [`${beside.name}: ${shown(beside.p50)}`, times(p50 / beside.p50)] : ['', '']),
    growth === undefined ? '' : times(growth),
  ];
}

const times = (ratio: number): string => `${ratio.toFixed(2)}x`;
