import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { summary } from './summary.ts';

/** Looks at a repository through the three commands that it names, and nothing else. */
export const skill = defineSkill({
  name: 'git-summary',
  description: 'Sum up a git repository: branch, what is not committed, last commits, authors.',
  version: '1.0.0',
  examples: ['git summary', 'what happened in this repository', 'summary of the repository site'],
  complexity: 1,
  permissions: {
    commands: [
      ['git', 'status'],
      ['git', 'log'],
      ['git', 'shortlog'],
    ],
  },
  input: z.strictObject({
    folder: z
      .string()
      .min(1)
      .optional()
      .describe('Of the repository; the jail folder if left out.'),
  }),
  output: z.strictObject({ text: z.string() }),
  run: async ({ folder }, context) => ({ text: await summary(context, folder) }),
});
