import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { addNote, findNotes } from './notes.ts';

/**
 * Keeps notes in one file. It touches nothing by itself: each file that it reads or writes is asked for,
 * and decided about, one by one.
 */
export const skill = defineSkill({
  name: 'notes',
  description: 'Keep notes in notes/notes.md: add one with the date, show the newest, search them.',
  version: '1.0.0',
  examples: ['note that the bin goes out on Tuesday', 'show my notes', 'search my notes for Ada'],
  complexity: 1,
  permissions: {
    fs: { read: ['notes/**'], write: ['notes/**'] },
    commands: [['mkdir', '-p', '--', 'notes']],
  },
  input: z
    .strictObject({
      op: z.enum(['add', 'find']),
      text: z.string().min(1).max(2000).optional().describe('The note, or words to find in one.'),
      most: z.number().int().min(1).max(200).default(20).describe('How many are shown.'),
    })
    .refine(({ op, text }) => op === 'find' || text !== undefined, {
      message: 'add takes a text',
      path: ['text'],
    }),
  output: z.strictObject({ text: z.string() }),
  run: async ({ op, text = '', most }, context) => {
    if (op === 'add') return { text: await addNote(context, text, new Date()) };
    const found = await findNotes(context, { words: text, most });
    const none = text === '' ? 'There are no notes yet.' : `No note holds “${text}”.`;
    return { text: found.join('\n') || none };
  },
});
