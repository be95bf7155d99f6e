import type { Spread } from './measure.ts';

/** One figure of a bench, as it is printed. */
export interface Row {
  readonly what: string;
  readonly p50: number;
  readonly p95?: number;
  readonly unit: 'ms' | 'MB';
  /** How many times the thing above it that it is compared with. */
  readonly ratio?: string;
}

/** Milliseconds, and how many times they are those of something else. */
export const timeRow = (
  what: string,
  { p50, p95 }: Spread,
  than?: { readonly name: string; readonly p50: number },
): Row => ({
  ...({ what, p50, p95, unit: 'ms' } as const),
  ...(than ? { ratio: `${(p50 / than.p50).toFixed(2)}x ${than.name}` } : {}),
});

/** Prints figures as a table; with `--json` as data, for the bench that this one is a part of. */
export function tellRows(
  rows: readonly Row[],
  about: Readonly<Record<string, unknown>> = {},
): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ ...about, rows }));
    return;
  }
  console.log(`${'what'.padEnd(50)}${'p50'.padStart(10)}${'p95'.padStart(10)}   beside`);
  for (const { what, p50, p95, unit, ratio } of rows) {
    const cell = (value: number | undefined): string =>
      value === undefined ? '' : `${value.toFixed(1)} ${unit}`;
    console.log(
      `${what.padEnd(50)}${cell(p50).padStart(10)}${cell(p95).padStart(10)}   ${ratio ?? ''}`.trimEnd(),
    );
  }
}
