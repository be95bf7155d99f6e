import type { Breakdown, BreakdownRow } from '../../domain/breakdown.ts';

const NUMBERS = [
  ...['replies', 'actions', 'asked', 'calls'],
  ...['input', 'output', 'cached', 'reasoning'],
] as readonly (keyof BreakdownRow)[];

/** A breakdown as lines of comma-separated values (RFC 4180), with a head; money as a plain number. */
export const csvOf = ({ by, rows, currency }: Breakdown): readonly string[] => [
  [by, ...NUMBERS, 'seconds', 'money', 'currency'].join(','),
  ...rows.map((row) =>
    [
      field(row.name),
      ...NUMBERS.map((name) => String(row[name])),
      ...[(row.ms / 1000).toFixed(1), row.money.toFixed(6), currency],
    ].join(','),
  ),
];

/** A name is never a formula: a spreadsheet would work out what begins like one. */
function field(name: string): string {
  const safe = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
