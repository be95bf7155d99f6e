import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { addNote, findNotes } from './notes.ts';

/** Two skills of one module: who only reads is never asked about. */
export const skills = [
  defineSkill({
    name: 'note',
    description: 'Write a note down: one line more in notes/notes.md, with the date.',
    version: '1.0.0',
    examples: ['note that the bin goes out on Tuesday', 'take a note: call Ada'],
    complexity: 3,
    permissions: {
      fs: { read: ['notes/**'], write: ['notes/**'] },
      commands: [['mkdir', '-p', '--', 'notes']],
    },
    input: z.strictObject({ text: z.string().min(1).max(2000) }),
    output: z.strictObject({ text: z.string() }),
    run: async ({ text }, context) => ({ text: await addNote(context, text, new Date()) }),
  }),
  defineSkill({
    name: 'notes',
    description: 'Show the newest notes, or search them.',
    version: '1.0.0',
    examples: ['show my notes', 'search my notes for Ada'],
    complexity: 1,
    permissions: { fs: { read: ['notes/**'] } },
    input: z.strictObject({
      search: z.string().max(200).optional().describe('Words that all have to be in a note.'),
      most: z.number().int().min(1).max(200).default(20),
    }),
    output: z.strictObject({ text: z.string(), found: z.array(z.string()) }),
    run: async ({ search, most }, context) => {
      const found = await findNotes(context, { search, most });
      const none = search === undefined ? 'There are no notes yet.' : `No note holds “${search}”.`;
      return { text: found.length === 0 ? none : found.join('\n'), found: [...found] };
    },
  }),
];
