import { nextTime } from './cron.ts';
import type { TimeOfDay } from './day-words.ts';

const DAY_MS = 86_400_000;

/** The day that it is somewhere, as `2026-12-24`, or so many days later. */
export function dayIn(zone: string, at: number, later = 0): string {
  const here = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  return new Date(Date.parse(`${here}T00:00:00Z`) + later * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Milliseconds since 1970 of what a clock shows somewhere; undefined where there is no such day. In the hour that
 * a clock leaves out, and in the one that comes twice, it is when a job of every day would be done.
 */
export function wallTime(day: string, time: TimeOfDay, zone: string): number | undefined {
  if (!isDay(day)) return undefined;
  const [, month, date] = day.split('-').map(Number);
  const pattern = `${time.minute} ${time.hour} ${date} ${month} *`;
  return nextTime({ kind: 'cron', pattern }, zone, Date.parse(day) - 2 * DAY_MS);
}

/** True for a day that there is: engines take 30 February for a day in March. */
export const isDay = (day: string): boolean =>
  !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().slice(0, 10) === day;
