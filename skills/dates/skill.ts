import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { answer } from './answer.ts';
import { dayOf } from './days.ts';

const date = z
  .string()
  .min(1)
  .max(60)
  .describe('Such as 2026-12-24, 24 December, tomorrow. Without a year the next one is meant.');

/** Answers about days of the calendar. Touches nothing. */
export const skill = defineSkill({
  name: 'dates',
  description:
    'Dates: which weekday a day is, how many days until or between days, which day it is in 3 weeks.',
  version: '1.0.0',
  examples: [
    'how many days until 24 December',
    'what day is 2026-12-24',
    'what is the date in 3 weeks',
  ],
  complexity: 1,
  permissions: {},
  input: z.strictObject({
    op: z
      .enum(['day', 'until', 'between', 'add'])
      .describe('add gives the day so much later than date, between the days from date to to.'),
    date: date.default('today'),
    to: date.default('today'),
    amount: z.number().int().min(-100_000).max(100_000).default(0),
    unit: z.enum(['days', 'weeks', 'months', 'years']).default('days'),
  }),
  output: z.strictObject({ text: z.string() }),
  run: (question) => ({ text: answer(question, dayOf(new Date())) }),
});
