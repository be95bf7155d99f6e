import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { calculate, numberText } from './calculate.ts';

/** Works out what was typed. Touches nothing. */
export const skill = defineSkill({
  name: 'calculator',
  description:
    'Calculate: + - * / ^, parentheses, per cent (15% of 80, 80 + 15%), sqrt, round, min, max and the like.',
  version: '1.0.0',
  examples: ['calculate 3 * (4 + 5)', 'how much is 15% of 80', 'what is 2^10'],
  complexity: 1,
  permissions: {},
  input: z.strictObject({ expression: z.string().min(1).max(500) }),
  output: z.strictObject({ text: z.string(), value: z.number() }),
  run: ({ expression }) => {
    const value = calculate(expression);
    return { text: numberText(value), value };
  },
});
