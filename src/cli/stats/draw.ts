import { visible } from '../../base/visible.ts';
import type { Stats, Use } from '../../domain/stats.ts';
import { short, sparkline } from '../out/bars.ts';
import {
  bars,
  cut,
  type Drawing,
  heading,
  moneyBars,
  quantileWords,
  row,
  rows,
  took,
} from './rows.ts';

/** What was on record as lines of at most 40 columns. */
export function drawStats(stats: Stats, how: Drawing): readonly string[] {
  const { since, until } = stats;
  return [
    heading(cut(`${dateTime(since)} to ${dateTime(until)}`), how),
    ...messageRows(stats, how),
    ...approvalRows(stats),
    ...commandRows(stats, how),
    ...countedRows('refused', stats.refusals, how),
    ...modelRows(stats, how),
    ...agentRows(stats, how),
    ...countedRows('skills', stats.skills, how),
  ];
}

/** `2026-02-03 10:02`, local time. */
const dateTime = (at: number): string => new Date(at).toLocaleString('sv-SE').slice(0, 16);

const sumOf = <T>(all: readonly T[], value: (one: T) => number): number =>
  all.reduce((sum, one) => sum + value(one), 0);

function messageRows({ messages, replies, days }: Stats, how: Drawing): readonly string[] {
  const lost = sumOf(messages, ({ failed, expired }) => failed + expired);
  const doubts = sumOf(messages, ({ uncertain }) => uncertain);
  const parts = [
    `${sumOf(messages, (one) => one.in)} in`,
    `${sumOf(messages, ({ out }) => out)} out`,
    ...(lost > 0 ? [`${lost} lost`] : []),
    ...(doubts > 0 ? [`${doubts} ?`] : []),
  ];
  return [
    ...rows('messages', parts),
    ...perDay(
      'a day',
      days.map((day) => day.messages),
      how,
    ),
    ...messages.map((one) => row(`  ${one.channel}`, `${one.in} in, ${one.out} out`)),
    row('replies', quantileWords(replies)),
  ];
}

const MOST_DAYS = 30;

/** A picture of the last days; `plain` has none. */
const perDay = (name: string, values: readonly number[], { plain }: Drawing): readonly string[] =>
  plain || values.length < 2 ? [] : [row(name, sparkline(values.slice(-MOST_DAYS), plain))];

function approvalRows({ approvals }: Stats): readonly string[] {
  const { asked, approved, denied, expired, void: stopped, decided, standing, byRule } = approvals;
  const ends = [
    `${approved} yes`,
    `${denied} no`,
    `${expired} expired`,
    ...(stopped > 0 ? [`${stopped} stopped`] : []),
  ];
  return [
    row('asked', String(asked)),
    ...rows('answered', ends),
    row('decided', decided.p50Ms === undefined ? 'none' : `in ${took(decided.p50Ms)} (median)`),
    ...rows('unasked', [`${byRule} by rule`, `${standing} standing`]),
  ];
}

const COMPLEXITIES = ['looks', 'says', 'changes', 'destroys'] as const;

const commandRows = ({ commands, days }: Stats, how: Drawing): readonly string[] => [
  row('actions', String(sumOf(days, ({ actions }) => actions))),
  ...perDay(
    'a day',
    days.map(({ actions }) => actions),
    how,
  ),
  row('commands', String(sumOf(commands, (count) => count))),
  ...bars(
    COMPLEXITIES.map((name, at) => ({ name, count: commands[at] ?? 0 })),
    how,
  ),
];

const countedRows = (name: string, counted: Stats['refusals'], how: Drawing): readonly string[] => [
  row(name, String(sumOf(counted, ({ count }) => count))),
  ...bars(counted, how),
];

/** Days beside their costs; a picture shows more of them. */
const NAMED_DAYS = 7;

function modelRows({ models, days, currency }: Stats, how: Drawing): readonly string[] {
  const money = sumOf(models, (one) => one.money);
  const tokens = sumOf(models, (one) => one.input + one.output);
  const daily = days.map(({ day, models: used }) => ({
    name: day,
    // In millionths: pictures are drawn of whole numbers.
    count: Math.round(sumOf(used, (one) => one.money) * 1e6),
    tokens: sumOf(used, (one) => one.input + one.output),
  }));
  const counts = daily.map(({ count }) => count);
  return [
    row('models', models.length === 0 ? 'none' : `${money.toFixed(2)} ${currency}`),
    ...(money > 0 ? [...perDay('a day', counts, how), ...moneyBars(lastOf(daily), how)] : []),
    ...(tokens > 0 ? [row('tokens', counted(tokens, how))] : []),
    ...(tokens > 0
      ? perDay(
          'a day',
          daily.map((day) => day.tokens),
          how,
        )
      : []),
    ...models.flatMap((one) => [cut(`  ${visible(one.model)}`), ...rowsOfUse(one, how)]),
  ];
}

const lastOf = <T>(days: readonly T[]): readonly T[] => days.slice(-NAMED_DAYS);

/** One agent that everything was for is in the sums above. */
const agentRows = ({ agents }: Stats, how: Drawing): readonly string[] =>
  agents.length < 2
    ? []
    : [
        row('agents', String(agents.length)),
        ...moneyBars(
          agents.map(({ agent, money }) => ({ name: agent, count: Math.round(money * 1e6) })),
          how,
        ),
        ...agents.flatMap((one) => [cut(`  ${visible(one.agent)}`), ...rowsOfUse(one, how)]),
      ];

/** What models were asked and answered, on two lines at most. */
export function rowsOfUse(use: Use, how: Drawing): readonly string[] {
  const { calls, input, output, cached, reasoning, money } = use;
  const parts = [
    ...(cached > 0 ? [`${counted(cached, how)} cached`] : []),
    ...(reasoning > 0 ? [`${counted(reasoning, how)} thought`] : []),
  ];
  return [
    cut(
      `    ${calls} calls, ${counted(input, how)} in, ${counted(output, how)} out, ${money.toFixed(2)}`,
    ),
    ...(parts.length > 0 ? [cut(`    of it ${parts.join(', ')}`)] : []),
  ];
}

const counted = (count: number, { plain }: Drawing): string =>
  plain ? String(count) : short(count);
