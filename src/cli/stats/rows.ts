import { visible } from '../../base/visible.ts';
import { bar, short } from '../out/bars.ts';
import type { Style } from '../out/style.ts';
import { clipped, padded } from '../out/table.ts';

/** How it is drawn: `plain` means numbers only. */
export interface Drawing {
  readonly style: Style;
  readonly plain: boolean;
}

/** As wide as a terminal on a phone. */
const WIDTH = 40;
const LABEL = 11;

/** A name and what there is to say of it. */
export const row = (name: string, words: string): string =>
  clipped(`${padded(clipped(visible(name), LABEL - 1), LABEL)}${visible(words)}`, WIDTH);

/** The same of several things, on as many lines as they need. */
export function rows(name: string, parts: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const longer = last === undefined ? part : `${last}, ${part}`;
    if (last === undefined || LABEL + longer.length + 1 > WIDTH) lines.push(part);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((words, at) => {
    const more = at < lines.length - 1;
    return row(at === 0 ? name : '', more ? `${words},` : words);
  });
}

/** A heading of several rows. */
export const heading = (words: string, { style }: Drawing): string => style.bold(words);

export interface Bar {
  readonly name: string;
  readonly count: number;
}

const NAME = 20;
const COUNT = 4;
const MOST_BARS = 8;

/** The first of several counts with a bar each, the longest for the largest; `plain`: the numbers. */
export const bars = (all: readonly Bar[], how: Drawing): readonly string[] =>
  barsOf(all, how, (count) => (how.plain ? String(count) : short(count)));

/** The same of money in millionths. */
export const moneyBars = (all: readonly Bar[], how: Drawing): readonly string[] =>
  barsOf(all, how, (millionths) => (millionths / 1e6).toFixed(2));

function barsOf(
  all: readonly Bar[],
  { plain }: Drawing,
  words: (count: number) => string,
): readonly string[] {
  const most = Math.max(0, ...all.map(({ count }) => count));
  const width = WIDTH - 2 - NAME - 1 - COUNT - 1;
  const shown = all.slice(0, MOST_BARS).map(({ name, count }) => {
    const head = `  ${padded(clipped(visible(name), NAME), NAME)} ${words(count).padStart(COUNT)}`;
    return plain ? head : cut(`${head} ${bar(count, most, { width, plain })}`.trimEnd());
  });
  const rest = all.length - MOST_BARS;
  return rest > 0 ? [...shown, `  and ${rest} more: --json`] : shown;
}

/** `840 ms`, `1.2 s`, `3.5 min`. */
export function took(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${(ms / 60_000).toFixed(1)} min`;
}

/** Quantiles in words; nothing measured is said. */
export const quantileWords = (found: {
  readonly count: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
}): string =>
  found.p50Ms === undefined || found.p95Ms === undefined
    ? 'none'
    : `p50 ${took(found.p50Ms)}, p95 ${took(found.p95Ms)}`;

/** Cut to the width, whatever was put together. */
export const cut = (line: string): string => clipped(line, WIDTH);
