import { AtomError } from '../../base/errors.ts';
import type { Schedule } from '../job.ts';
import { isPattern, nextTime } from './cron.ts';
import { dayNumbers, howMany, MORNING, timeOfDay } from './day-words.ts';
import { dayIn, isDay, wallTime } from './wall-time.ts';

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
  monthly: 'every month',
};

/** As crontabs have them: at the first minute. */
const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** A year and a bit: nobody remembers what was to happen later. */
const MOST_AHEAD_MS = 400 * UNITS.day;

/**
 * What a person means by `every weekday 8:30`, `every 15 minutes`, `in 20 minutes`, `tomorrow at 9`,
 * `2026-12-24 18:00` or five fields of cron. Throws AtomError `usage` where it is none of these, is past, or never
 * comes.
 */
export function scheduleOf(words: string, now: Now): Schedule {
  const found = read(words, now);
  if (!found) throw notUnderstood(words);
  if (found.kind === 'once') requireAhead(found.at, now.at);
  else if (nextTime(found, now.zone, now.at) === undefined) throw neverComes();
  return found;
}

/** Nobody says a time with more characters. */
const MOST_WORDS = 200;

/** True for words that name a time, whenever that is. */
export const isWhen = (words: string): boolean => read(words, SOME_TIME) !== undefined;

const SOME_TIME: Now = { at: 0, zone: 'UTC' };

function read(words: string, now: Now): Schedule | undefined {
  if (words.length > MOST_WORDS) return undefined;
  const text = words
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/^\w+/, (word) => (Object.hasOwn(SHORT, word) ? (SHORT[word] ?? word) : word));
  return regular(text) ?? once(text, now) ?? cron(text);
}

const EXAMPLES =
  'every weekday 8:30, every monday at 9, every month on the 15th, every 15 minutes, in 20 minutes, tomorrow 9:00, 2026-12-24 18:00, or five fields of cron such as "0 9 * * 1-5"';

function notUnderstood(words: string): AtomError {
  const steps = /^ *every (\d+ (?:minute|hour)s?) *$/i.exec(words)?.[1];
  // What would come at other times each day: nobody could tell when it is next.
  if (steps !== undefined)
    return new AtomError('usage', `"every ${steps}" does not divide an hour or a day evenly.`, {
      next: ['Say for example: every 30 minutes, every hour, every 2 hours, every 12 hours.'],
    });
  return new AtomError('usage', `I do not know when "${words.slice(0, 80).toWellFormed()}" is.`, {
    next: [`Say for example: ${EXAMPLES}.`],
  });
}

const neverComes = (): AtomError =>
  new AtomError('usage', 'That never comes.', {
    next: [`Look at its day and month, or say for example: ${EXAMPLES}.`],
  });

function requireAhead(at: number, now: number): void {
  if (at <= now)
    throw new AtomError('usage', 'That time is past.', {
      next: [
        'Give one that is to come, for example: in 20 minutes, tomorrow 9:00, every day 17:00.',
      ],
    });
  if (at - now > MOST_AHEAD_MS)
    throw new AtomError('usage', 'That is more than a year away.', {
      next: ['Give a time before that.'],
    });
}

/** `every …`. */
function regular(text: string): Schedule | undefined {
  const rest = /^(?:every|each) (.+)$/.exec(text)?.[1];
  return rest === undefined ? undefined : (steps(rest) ?? days(rest) ?? months(rest));
}

/** `15 minutes`, `hour`, `2 hours`: what divides an hour or a day, so that it comes at even times. */
function steps(rest: string): Schedule | undefined {
  const found = /^(?:(\w+) )?(minute|hour)s?$/.exec(rest);
  const many = howMany(found?.[1] ?? 'a');
  if (!found || many === undefined) return undefined;
  // `every 120 minutes` is every two hours.
  const isHours = found[2] === 'hour' || many % 60 === 0;
  const every = isHours && found[2] === 'minute' ? many / 60 : many;
  const whole = isHours ? 24 : 60;
  if (every < 1 || whole % every !== 0) return undefined;
  const field = every === 1 ? '*' : `*/${every}`;
  return cronOf(isHours ? `0 ${field} * * *` : `${field} * * * *`);
}

/** `weekday 8:30`, `monday and friday at 9`, `day at noon`. */
function days(rest: string): Schedule | undefined {
  const found = /^([a-z, ]+?)(?: (?:at )?(\d\S*(?: ?[ap]m)?|noon|midnight))?$/.exec(rest);
  const which = dayNumbers(found?.[1] ?? '');
  const time = timeOfDay(found?.[2] ?? MORNING);
  if (which === undefined || time === undefined) return undefined;
  return cronOf(`${time.minute} ${time.hour} * * ${which}`);
}

/** `month`, `month on the 15th at 9:00`, `month on the last day`. A day that not every month has is none. */
function months(rest: string): Schedule | undefined {
  const found =
    /^month(?: on the (?:(\d{1,2})(?:st|nd|rd|th)?|last day))?(?: (?:at )?(\d\S*(?: ?[ap]m)?|noon|midnight))?$/.exec(
      rest,
    );
  const time = timeOfDay(found?.[2] ?? MORNING);
  if (!found || !time) return undefined;
  const day = Number(found[1] ?? 1);
  if (day < 1 || day > 28) return undefined;
  const isLast = found[1] === undefined && rest.includes('last day');
  return cronOf(`${time.minute} ${time.hour} ${isLast ? 'L' : day} * *`);
}

const cronOf = (pattern: string): Schedule => ({ kind: 'cron', pattern });

function cron(text: string): Schedule | undefined {
  if (Object.hasOwn(NICKNAMES, text)) return cronOf(NICKNAMES[text] ?? text);
  return text.split(' ').length === 5 && isPattern(text) ? cronOf(text) : undefined;
}

function once(text: string, now: Now): Schedule | undefined {
  const at = span(text, now) ?? instant(text) ?? date(text, now) ?? today(text, now);
  return at === undefined ? undefined : { kind: 'once', at };
}

/** `in 20 minutes`, `in an hour`, `in half an hour`, `in 2h`. */
function span(text: string, { at }: Now): number | undefined {
  if (text === 'in half an hour') return at + UNITS.hour / 2;
  const found = /^in (\d{1,4}|[a-z]+) ?(minute|min|m|hour|h|day|d|week|w)s?$/.exec(text);
  const many = howMany(found?.[1] ?? '');
  const unit = (Object.keys(UNITS) as Unit[]).find((name) => name.startsWith(found?.[2] ?? '-'));
  return many === undefined || unit === undefined ? undefined : at + many * UNITS[unit];
}

/** `2026-12-24t18:00:00+01:00`, as programs write it. */
function instant(text: string): number | undefined {
  const found =
    /^(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(z|[+-]\d{2}:\d{2})$/.exec(text);
  if (!found || !isDay(found[1] ?? '')) return undefined;
  const at = Date.parse(`${found[1]}T${found[2]}${found[3]?.toUpperCase()}`);
  return Number.isNaN(at) ? undefined : at;
}

/** `2026-12-24 18:00`, `2026-12-24 at 6pm`. */
function date(text: string, { zone }: Now): number | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[t ](?:at )?(.+))?$/.exec(text);
  const time = timeOfDay(found?.[2]?.replace(/^(\d\d:\d\d):00$/, '$1') ?? MORNING);
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
