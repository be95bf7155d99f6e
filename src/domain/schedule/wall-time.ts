import { Cron } from 'croner';
import type { TimeOfDay } from './day-words.ts';

const DAY_MS = 86_400_000;

/** The day that it is somewhere, as `2026-12-24`, or so many days later. */
export function dayIn(zone: string, at: number, later = 0): string {
  const here = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  return new Date(Date.parse(`${here}T00:00:00Z`) + later * DAY_MS).toISOString().slice(0, 10);
}

/** Milliseconds since 1970 of what a clock shows somewhere; undefined where there is no such day. */
export function wallTime(day: string, time: TimeOfDay, zone: string): number | undefined {
  // Engines take 30 February for a day in March.
  if (Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day)
    return undefined;
  const clock = [time.hour, time.minute, 0].map((part) => String(part).padStart(2, '0')).join(':');
  const once = new Cron(`${day}T${clock}`, { timezone: zone, paused: true });
  return once.nextRun(new Date(0))?.getTime();
}
