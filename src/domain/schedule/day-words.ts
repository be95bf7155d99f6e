/** A time of the day, on a clock of 24 hours. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** Where a day is named and no time. */
export const MORNING = '9:00';

const NAMED: Readonly<Record<string, TimeOfDay>> = {
  noon: { hour: 12, minute: 0 },
  midnight: { hour: 0, minute: 0 },
};

/** `8:30`, `17:00`, `9`, `6pm`, `6:15 am`, `noon`; undefined for any other. */
export function timeOfDay(text: string): TimeOfDay | undefined {
  const named = Object.hasOwn(NAMED, text) ? NAMED[text] : undefined;
  const found = /^(\d{1,2})(?::(\d{2}))?(?: ?([ap])m)?$/.exec(text);
  if (named || !found) return named;
  const [said, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  const half = found[3];
  if (half !== undefined && (said < 1 || said > 12)) return undefined;
  const hour = half === undefined ? said : (said % 12) + (half === 'p' ? 12 : 0);
  return hour < 24 && minute < 60 ? { hour, minute } : undefined;
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const SEVERAL: Readonly<Record<string, string>> = {
  day: '*',
  morning: '*',
  weekday: '1-5',
  weekend: '0,6',
};

/** Days of the week as cron has them: `weekday`, `monday, wednesday and friday`; undefined for any other. */
export function dayNumbers(text: string): string | undefined {
  if (Object.hasOwn(SEVERAL, text)) return SEVERAL[text];
  const numbers = text.split(/,? and |, ?/).map(dayNumber);
  return numbers.includes(-1) ? undefined : numbers.toSorted().join(',');
}

/** Whole, in the plural, or cut to three letters or more. */
const dayNumber = (name: string): number =>
  name.length < 3 ? -1 : DAYS.findIndex((day) => `${day}s` === name || day.startsWith(name));

const MANY = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** `20`, `a`, `three`; undefined for any other. */
export function howMany(text: string): number | undefined {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  if (text === 'a' || text === 'an') return 1;
  const at = MANY.indexOf(text);
  return at < 0 ? undefined : at + 1;
}
