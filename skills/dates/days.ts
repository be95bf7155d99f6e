/** A day of the calendar, in days since 1970-01-01: no time of day and no time zone can get in between. */
export type Day = number;

const MS = 86_400_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september'],
  ...['october', 'november', 'december'],
];

/** The day that it is here. */
export const dayOf = (now: Date): Day =>
  Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / MS;

/** `Thursday, 24 December 2026 (2026-12-24)` */
export function dayText(day: Day): string {
  const date = new Date(day * MS);
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const name = `${month.charAt(0).toUpperCase()}${month.slice(1)}`;
  const iso = date.toISOString().slice(0, 10);
  return `${WEEKDAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${name} ${date.getUTCFullYear()} (${iso})`;
}

/**
 * Reads `2026-12-24`, `24 December 2026`, `Dec 24`, `24.12.2026`, `today`, `tomorrow`, `yesterday`. Without
 * a year the next such day is meant. Throws Error in words.
 */
export function readDay(text: string, today: Day): Day {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1')
    .replace(/,/g, ' ');
  const near = { today: 0, now: 0, tomorrow: 1, yesterday: -1 }[plain];
  if (near !== undefined) return today + near;
  const [, y, m, d] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain) ?? [];
  if (d !== undefined) return checked(Number(y), Number(m), Number(d), text);
  const [, day, month, year] = /^(\d{1,2})[.] ?(\d{1,2})[.] ?(\d{4})?$/.exec(plain) ?? [];
  if (month !== undefined) return inYear(year, Number(month), Number(day), { today, text });
  const words = plain.split(/\s+/).filter((word) => word !== 'the' && word !== 'of');
  const name = words.find((word) => monthOf(word) > 0);
  const numbers = words.filter((word) => /^\d{1,4}$/.test(word));
  const [number, other] = numbers;
  if (name === undefined || number === undefined || numbers.length + 1 !== words.length)
    throw new Error(`${text} is no date that I know: write it as 2026-12-24 or 24 December 2026.`);
  return inYear(other, monthOf(name), Number(number), { today, text });
}

const monthOf = (word: string): number =>
  word.length < 3 ? 0 : MONTHS.findIndex((month) => month.startsWith(word.replace('.', ''))) + 1;

function inYear(
  year: string | undefined,
  month: number,
  day: number,
  { today, text }: { readonly today: Day; readonly text: string },
): Day {
  if (year !== undefined) return checked(Number(year), month, day, text);
  const this_ = new Date(today * MS).getUTCFullYear();
  const next = checked(this_, month, day, text);
  return next >= today ? next : checked(this_ + 1, month, day, text);
}

/** 31 June is no day, though a Date would make 1 July of it. */
function checked(year: number, month: number, day: number, text: string): Day {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    throw new Error(`${text} is no day of the calendar.`);
  return date.getTime() / MS;
}

export type Unit = 'days' | 'weeks' | 'months' | 'years';

/** A day so much later; of months and years the last day where there is no such one. */
export function later(from: Day, amount: number, unit: Unit): Day {
  if (unit === 'days' || unit === 'weeks') return from + amount * (unit === 'weeks' ? 7 : 1);
  const date = new Date(from * MS);
  const months = date.getUTCMonth() + amount * (unit === 'years' ? 12 : 1);
  const first = Date.UTC(date.getUTCFullYear(), months, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), months + 1, 0)).getUTCDate();
  return first / MS + Math.min(date.getUTCDate(), last) - 1;
}
