import type { Outcome } from './fault.ts';

const COLUMNS: readonly (readonly [title: string, value: (outcome: Outcome) => number])[] = [
  ['times', ({ struck }) => struck],
  ['in', (one) => one.in],
  ['out', ({ out }) => out],
  ['lost', ({ lost }) => lost],
  ['disorder', ({ disordered }) => disordered],
  ['doubled', ({ doubled }) => doubled],
  ['flagged', ({ flagged }) => flagged],
  ['effects', ({ effects }) => effects],
  ['repeated', ({ repeated }) => repeated],
  ['aside', ({ aside }) => aside],
  ['uncertain', ({ uncertain }) => uncertain],
  ['hidden', ({ hidden }) => hidden],
];

const NAME = 18;
const width = (title: string): number => Math.max(7, title.length + 2);

export const heading = (): string =>
  'fault'.padEnd(NAME) +
  COLUMNS.map(([title]) => title.padStart(width(title))).join('') +
  'seconds'.padStart(9);

/** One line of the table. */
export function row(name: string, outcome: Outcome, seconds: number): string {
  const cells = COLUMNS.map(([title, value]) => String(value(outcome)).padStart(width(title)));
  return `${name.padEnd(NAME)}${cells.join('')}${seconds.toFixed(0).padStart(9)}`;
}
