import { defineSkill } from 'atom-agent';
import { z } from 'zod';

/** An example of a skill that has atom say something later, in the chat that it is called in. */
export const skill = defineSkill({
  name: 'reminders',
  description: 'Write a reminder to this chat at a time, once or regularly.',
  version: '1.0.0',
  examples: ['reminder WHEN saying TEXT', 'set a reminder for WHEN saying TEXT'],
  complexity: 2,
  permissions: { reminders: true },
  input: z.strictObject({
    when: z
      .string()
      .min(1)
      .max(200)
      .describe('Such as: in 20 minutes, tomorrow at 9, every weekday 8:30.'),
    text: z.string().min(1).max(2000),
  }),
  output: z.strictObject({ text: z.string() }),
  run: async ({ when, text }, context) => {
    const { id, when: first } = await context.remind(when, text);
    return { text: `I remind you, first at ${first}. To take it out: atom jobs remove ${id}` };
  },
});
