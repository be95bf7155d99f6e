import { type Day, dayText, later, readDay, type Unit } from './days.ts';

/** What is asked about dates; a date is anything that `readDay` reads. */
export interface Question {
  /** `add`: the day `amount` units later; `between`: from one to the other. */
  readonly op: 'day' | 'until' | 'between' | 'add';
  readonly date: string;
  readonly to: string;
  readonly amount: number;
  readonly unit: Unit;
}

/** Answers in one sentence. Throws Error in words. */
export function answer({ op, date, to, amount, unit }: Question, today: Day): string {
  const day = readDay(date, today);
  switch (op) {
    case 'day':
      return `${dayText(day)}.`;
    case 'add':
      return `${dayText(later(day, amount, unit))}.`;
    case 'between':
      return `${counted(Math.abs(readDay(to, today) - day))} lie between them.`;
    case 'until':
      return untilText(day, today);
  }
}

function untilText(day: Day, today: Day): string {
  if (day === today) return `That is today, ${dayText(day)}.`;
  return day > today
    ? `${counted(day - today)} until ${dayText(day)}.`
    : `${dayText(day)} was ${counted(today - day)} ago.`;
}

function counted(days: number): string {
  const said = days === 1 ? '1 day' : `${days} days`;
  if (days < 14) return said;
  const [weeks, rest] = [Math.floor(days / 7), days % 7];
  return `${said} (${weeks} weeks${rest === 0 ? '' : ` and ${rest === 1 ? '1 day' : `${rest} days`}`})`;
}
