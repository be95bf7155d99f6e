import { z } from 'zod';
import { MOST_POST, postKinds } from '../domain/feed-post.ts';
import type { Tool } from '../domain/tool.ts';
import { jobText } from './job-text.ts';
import { postedText } from './posted-text.ts';
import { because, tableTool } from './table-tool.ts';

/** What is told at another time, or to everybody. */
export const tellingTools: readonly Tool[] = [
  tableTool({
    name: 'job_add',
    action: 'job.add',
    description:
      'Do something later or regularly: write a reminder to this chat, or have this agent asked something.',
    input: z.strictObject({
      when: z
        .string()
        .max(200)
        .describe(
          'Such as: in 20 minutes, tomorrow at 9, every weekday 8:30, 2026-12-24 18:00, 0 9 * * 1-5.',
        ),
      does: z.enum(['say', 'ask']).describe('say: only a reminder; ask: work is done then.'),
      text: z.string().min(1).max(2000).describe('The reminder, or what is to be asked then.'),
      because,
    }),
    inSession: true,
    toText: jobText,
  }),
  tableTool({
    name: 'feed_post',
    action: 'feed.post',
    description:
      'Tell the owner and other agents something in the feed that is worth knowing beyond this chat: an insight, a question, an alert, or how far a long task is. What you do is told there anyway.',
    input: z.strictObject({
      kind: z.enum(postKinds),
      text: z
        .string()
        .min(1)
        .max(MOST_POST)
        .describe('One or two sentences; @name speaks to an agent, @owner to the owner.'),
      replyTo: z.number().int().positive().optional().describe('Number of the post it answers.'),
      progress: z.number().min(0).max(1).optional().describe('How far the task is, 0 to 1.'),
      because,
    }),
    toText: postedText,
  }),
];
