import { AtomError } from '../../base/errors.ts';
import type { Schedule } from '../job.ts';
import { isPattern } from './cron.ts';
import { dayNumbers, MORNING, timeOfDay } from './day-words.ts';
import { dayIn, wallTime } from './wall-time.ts';

/** The time that it is, and where. */
export interface Now {
  readonly at: number;
  /** IANA name of a time zone. */
  readonly zone: string;
}

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;
type Unit = keyof typeof UNITS;

const SHORT: Readonly<Record<string, string>> = {
  daily: 'every day',
  weekdays: 'every weekday',
  hourly: 'every hour',
  weekly: 'every monday',
};

/** A year and a bit: nobody remembers what was to happen later. */
const MOST_AHEAD_MS = 400 * UNITS.day;

/**
 * What a person means by `every weekday 8:30`, `every 15 minutes`, `in 20 minutes`, `tomorrow at 9`,
 * `2026-12-24 18:00` or five fields of cron. Throws AtomError `usage` where it is none of these or is past.
 */
export function scheduleOf(words: string, now: Now): Schedule {
  const found = read(words, now);
  if (!found) throw notUnderstood(words);
  if (found.kind === 'once') requireAhead(found.at, now.at);
  return found;
}

/** True for words that name a time, whenever that is. */
export const isWhen = (words: string): boolean => read(words, SOME_TIME) !== undefined;

const SOME_TIME: Now = { at: 0, zone: 'UTC' };

function read(words: string, now: Now): Schedule | undefined {
  const text = words
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/^\w+/, (word) => (Object.hasOwn(SHORT, word) ? (SHORT[word] ?? word) : word));
  return regular(text) ?? once(text, now) ?? cron(text);
}

const notUnderstood = (words: string): AtomError =>
  new AtomError('usage', `I do not know when "${words.slice(0, 80)}" is.`, {
    next: [
      'Say for example: every weekday 8:30, every monday at 9, every 15 minutes, in 20 minutes, tomorrow 9:00, 2026-12-24 18:00, or five fields of cron such as "0 9 * * 1-5".',
    ],
  });

function requireAhead(at: number, now: number): void {
  if (at <= now) throw new AtomError('usage', 'That time is past. Give one that is to come.');
  if (at - now > MOST_AHEAD_MS)
    throw new AtomError('usage', 'That is more than a year away. Give a time before that.');
}

/** `every …`. */
function regular(text: string): Schedule | undefined {
  const rest = /^(?:every|each) (.+)$/.exec(text)?.[1];
  return rest === undefined ? undefined : (steps(rest) ?? days(rest));
}

/** `15 minutes`, `hour`, `2 hours`: what divides an hour or a day, so that it comes at even times. */
function steps(rest: string): Schedule | undefined {
  const found = /^(?:(\d{1,3}) )?(minute|hour)s?$/.exec(rest);
  if (!found) return undefined;
  const every = Number(found[1] ?? 1);
  const whole = found[2] === 'minute' ? 60 : 24;
  if (every < 1 || whole % every !== 0) return undefined;
  const field = every === 1 ? '*' : `*/${every}`;
  return cronOf(found[2] === 'minute' ? `${field} * * * *` : `0 ${field} * * *`);
}

/** `weekday 8:30`, `monday and friday at 9`, `day at noon`. */
function days(rest: string): Schedule | undefined {
  const found = /^([a-z, ]+?)(?: (?:at )?(\d\S*(?: ?[ap]m)?|noon|midnight))?$/.exec(rest);
  const which = dayNumbers(found?.[1] ?? '');
  const time = timeOfDay(found?.[2] ?? MORNING);
  if (which === undefined || time === undefined) return undefined;
  return cronOf(`${time.minute} ${time.hour} * * ${which}`);
}

const cronOf = (pattern: string): Schedule => ({ kind: 'cron', pattern });

const cron = (text: string): Schedule | undefined =>
  text.split(' ').length === 5 && isPattern(text) ? cronOf(text) : undefined;

function once(text: string, now: Now): Schedule | undefined {
  const at = span(text, now) ?? date(text, now) ?? today(text, now);
  return at === undefined ? undefined : { kind: 'once', at };
}

/** `in 20 minutes`, `in an hour`. */
function span(text: string, { at }: Now): number | undefined {
  const found = /^in (\d{1,4}|an?) (minute|min|hour|day|week)s?$/.exec(text);
  if (!found) return undefined;
  const many = Number.isNaN(Number(found[1])) ? 1 : Number(found[1]);
  return at + many * UNITS[found[2] === 'min' ? 'minute' : (found[2] as Unit)];
}

/** `2026-12-24 18:00`, `2026-12-24 at 6pm`. */
function date(text: string, { zone }: Now): number | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[t ](?:at )?(.+))?$/.exec(text);
  const time = timeOfDay(found?.[2] ?? MORNING);
  return found?.[1] && time ? wallTime(found[1], time, zone) : undefined;
}

/** `at 17:00`, `today at 5pm`, `tomorrow`, `tomorrow at noon`: without a day, the next such time. */
function today(text: string, { at, zone }: Now): number | undefined {
  const found = /^(today|tomorrow|at)(?: (?:at )?(.+))?$/.exec(text);
  const time = timeOfDay(found?.[2] ?? (found?.[1] === 'tomorrow' ? MORNING : ''));
  if (!found || !time) return undefined;
  const here = wallTime(dayIn(zone, at), time, zone);
  const next = wallTime(dayIn(zone, at, 1), time, zone);
  if (found[1] === 'at') return here !== undefined && here > at ? here : next;
  return found[1] === 'today' ? here : next;
}
