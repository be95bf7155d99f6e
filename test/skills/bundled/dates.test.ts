import { describe, expect, it } from 'vitest';
import { answer, type Question } from '../../../skills/dates/answer.ts';
import { dayOf } from '../../../skills/dates/days.ts';

const today = dayOf(new Date(2026, 10, 27, 23, 59));

const ask = (question: Partial<Question>): string =>
  answer({ op: 'day', date: 'today', to: 'today', amount: 0, unit: 'days', ...question }, today);

describe('dates', () => {
  it.each<[Partial<Question>, string]>([
    [{ op: 'day', date: 'today' }, 'Friday, 27 November 2026 (2026-11-27).'],
    [{ op: 'day', date: 'December 24th, 2026' }, 'Thursday, 24 December 2026 (2026-12-24).'],
    [{ op: 'day', date: '29.2.2028' }, 'Tuesday, 29 February 2028 (2028-02-29).'],
    [
      { op: 'until', date: '24 Dec' },
      '27 days (3 weeks and 6 days) until Thursday, 24 December 2026 (2026-12-24).',
    ],
    [
      { op: 'until', date: '1 january' },
      '35 days (5 weeks) until Friday, 1 January 2027 (2027-01-01).',
    ],
    [{ op: 'until', date: 'tomorrow' }, '1 day until Saturday, 28 November 2026 (2026-11-28).'],
    [{ op: 'until', date: 'today' }, 'That is today, Friday, 27 November 2026 (2026-11-27).'],
    [{ op: 'until', date: '2026-11-20' }, 'Friday, 20 November 2026 (2026-11-20) was 7 days ago.'],
    [{ op: 'between', date: '2026-03-28', to: '2026-03-30' }, '2 days lie between them.'],
    [
      { op: 'add', date: 'today', amount: 3, unit: 'weeks' },
      'Friday, 18 December 2026 (2026-12-18).',
    ],
    [
      { op: 'add', date: '2026-01-31', amount: 1, unit: 'months' },
      'Saturday, 28 February 2026 (2026-02-28).',
    ],
    [
      { op: 'add', date: '2028-02-29', amount: -1, unit: 'years' },
      'Sunday, 28 February 2027 (2027-02-28).',
    ],
  ])('%j', (question, expected) => expect(ask(question)).toBe(expected));

  it.each(['31 June', '2026-13-01', '24/12/2026', 'next week', '', 'may'])(
    '%j is no date',
    (date) => {
      expect(() => ask({ op: 'day', date })).toThrow(/is no d/);
    },
  );
});
