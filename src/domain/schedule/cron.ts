import { Cron } from 'croner';
import type { Schedule } from '../job.ts';

/** True for five fields of cron, also where they name a day that never comes. */
export function isPattern(text: string): boolean {
  try {
    cronOf(text, 'UTC');
    return true;
  } catch {
    return false;
  }
}

/**
 * The next time of a schedule after `after`, both in milliseconds since 1970; undefined where there is
 * none. What falls into the hour that a clock leaves out comes when that is over, what comes twice comes once.
 */
export function nextTime(schedule: Schedule, zone: string, after: number): number | undefined {
  if (schedule.kind === 'once') return schedule.at > after ? schedule.at : undefined;
  return cronOf(schedule.pattern, zone).nextRun(new Date(after))?.getTime();
}

/** Only asked for its times: it never runs anything. */
const cronOf = (pattern: string, timezone: string): Cron =>
  new Cron(pattern, { timezone, paused: true, mode: '5-part' });
