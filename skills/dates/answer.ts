import { type Day, dayText, later, readDay, type Unit } from './days.ts';

/** What is asked about dates; a date is anything that `readDay` reads. */
export type Question =
  | { readonly op: 'day'; readonly date: string }
  | { readonly op: 'until'; readonly date: string }
  | { readonly op: 'between'; readonly from: string; readonly to: string }
  | { readonly op: 'add'; readonly from: string; readonly amount: number; readonly unit: Unit };

/** Answers in one sentence. Throws Error in words. */
export function answer(question: Question, today: Day): string {
  switch (question.op) {
    case 'day':
      return `${dayText(readDay(question.date, today))}.`;
    case 'add':
      return `${dayText(later(readDay(question.from, today), question.amount, question.unit))}.`;
    case 'between': {
      const [from, to] = [question.from, question.to].map((date) => readDay(date, today));
      return `${counted(Math.abs((to ?? 0) - (from ?? 0)))} lie between them.`;
    }
    case 'until': {
      const day = readDay(question.date, today);
      if (day === today) return `That is today, ${dayText(day)}.`;
      return day > today
        ? `${counted(day - today)} until ${dayText(day)}.`
        : `${dayText(day)} was ${counted(today - day)} ago.`;
    }
  }
}

function counted(days: number): string {
  const said = days === 1 ? '1 day' : `${days} days`;
  if (days < 14) return said;
  const [weeks, rest] = [Math.floor(days / 7), days % 7];
  return `${said} (${weeks} weeks${rest === 0 ? '' : ` and ${rest === 1 ? '1 day' : `${rest} days`}`})`;
}
