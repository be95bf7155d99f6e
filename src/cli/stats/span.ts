import { AtomError } from '../../base/errors.ts';
import { dayOf } from '../../domain/stats.ts';
import { parseDuration } from '../flags.ts';

/** How far somebody wants to look, as they wrote it: `30d` ago, or a day such as `2026-02-03`. */
export interface StatsWish {
  readonly since: string;
  readonly until?: string;
}

/** Milliseconds since 1970; without `until` it is up to now. */
export interface Wanted {
  readonly since: number;
  readonly until: number | undefined;
}

/** A day is whole, also the last one. Throws AtomError `usage` for a time that is none, or that ends before it begins. */
export function spanOf({ since, until }: StatsWish, now: number): Wanted {
  const from = Math.max(0, startOf(since) ?? now - parseDuration(since));
  const to = until === undefined ? undefined : (endOf(until) ?? now - parseDuration(until));
  if (to === undefined || to > from) return { since: from, until: to };
  throw new AtomError('usage', `${until} is not after ${since}.`, {
    next: ['Such as:   atom stats --since 2026-01-01 --until 2026-01-31'],
  });
}

/** The same as whole local days. */
export function daysOf(
  wish: StatsWish,
  now: number,
): { readonly since: string; readonly until: string } {
  const { since, until } = spanOf(wish, now);
  return { since: dayOf(since), until: dayOf((until ?? now + 1) - 1) };
}

/** The first moment of a local day such as `2026-02-03`; undefined for any other text. Throws AtomError `usage` for a day that no month has. */
export const startOf = (text: string): number | undefined => dateOf(text)?.getTime();

function endOf(text: string): number | undefined {
  const date = dateOf(text);
  return date && new Date(date).setDate(date.getDate() + 1);
}

/** The beginning of a local day; undefined for any other text. Throws for a day that no month has. */
function dateOf(text: string): Date | undefined {
  const [, year, month, day] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  if (dayOf(date.getTime()) === text) return date;
  throw new AtomError('usage', `${text} is no day.`, {
    next: ['Write it like 2026-02-03, or 30d.'],
  });
}
