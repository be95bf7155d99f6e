import { regularIn, reminderIn } from './job-phrase.ts';
import type { Template } from './template.ts';

/** What is said to have something done at a time. */
export const jobTemplates: readonly Template[] = [
  {
    says: 'remind you of something at a time',
    form: 'remind me LINE',
    patterns: [],
    tool: 'job_add',
    input: ({ LINE = '' }) => reminderIn(LINE),
    asks: 'Remind you when, and of what? For example: in 20 minutes to drink tea',
    examples: [
      [
        'remind me in 20 minutes to drink tea',
        { does: 'say', when: 'in 20 minutes', text: 'drink tea' },
      ],
      [
        'remind me to ring Bob tomorrow at 9',
        { does: 'say', when: 'tomorrow at 9', text: 'ring Bob' },
      ],
    ],
  },
  {
    says: 'do something regularly',
    form: 'every LINE',
    patterns: [],
    tool: 'job_add',
    input: ({ LINE = '' }) => regularIn(LINE),
    asks: 'How often, and what? For example: weekday 8:30 run git status',
    examples: [
      [
        'every weekday 8:30 run git status',
        { does: 'ask', when: 'every weekday 8:30', text: 'run git status' },
      ],
    ],
  },
];
