import { visible } from '../../base/visible.ts';
import type { Breakdown, BreakdownRow } from '../../domain/breakdown.ts';
import { rowsOfUse } from './draw.ts';
import { bars, cut, type Drawing, heading, moneyBars, row, took } from './rows.ts';

/** Those that have lines of their own. */
const MOST_NAMED = 20;

/** What there was, told apart, as lines of at most 40 columns. */
export function drawBreakdown(found: Breakdown, how: Drawing): readonly string[] {
  const { by, since, until, user, rows, currency } = found;
  const head = [
    heading(cut(`${since} to ${until}, by ${by}`), how),
    ...(user === undefined ? [] : [row('of', user)]),
  ];
  if (rows.length === 0) return [...head, row(`${by}s`, 'none')];
  const money = rows.reduce((sum, one) => sum + one.money, 0);
  const rest = rows.length - MOST_NAMED;
  return [
    ...head,
    row(`${by}s`, `${rows.length}, ${money.toFixed(2)} ${currency}`),
    ...barsOf(rows, money, how),
    ...rows.slice(0, MOST_NAMED).flatMap((one) => linesOf(one, how)),
    ...(rest > 0 ? [cut(`  and ${rest} more: --json or --csv`)] : []),
  ];
}

/** Of money, where it cost any; else of what was done. */
const barsOf = (rows: readonly BreakdownRow[], money: number, how: Drawing): readonly string[] =>
  money > 0
    ? moneyBars(
        rows.map((one) => ({ name: one.name, count: Math.round(one.money * 1e6) })),
        how,
      )
    : bars(
        rows.map((one) => ({ name: one.name, count: one.calls + one.actions })),
        how,
      );

function linesOf(one: BreakdownRow, how: Drawing): readonly string[] {
  const { name, replies, actions, asked, calls, ms } = one;
  const done = replies + actions > 0;
  return [
    cut(`  ${visible(name)}`),
    ...(done ? [cut(`    ${replies} replies, ${actions} done, ${asked} asked`)] : []),
    ...(calls > 0 ? [...rowsOfUse(one, how), cut(`    models took ${took(ms)}`)] : []),
  ];
}
