import { z } from 'zod';
import type { Labels } from '../domain/label.ts';
import { MOST_NOTE } from '../domain/memory.ts';
import type { Tool } from '../domain/tool.ts';
import { memoryText, rememberedText } from './memory-text.ts';
import { because, tableTool } from './table-tool.ts';

/**
 * Notes are as private as they are labelled, which the run says where they are strangers' or secret. The owner's
 * are read where the owner's own message has made the window private before.
 */
const AS_LABELLED: Labels = { integrity: 'local', confidentiality: 'public' };

const note = z.string().min(1).max(200).describe('Its name.');

/** What an agent remembers of whoever it speaks with. */
export const memoryTools: readonly Tool[] = [
  tableTool({
    name: 'memory_search',
    action: 'memory.read',
    description:
      'Look what you remember of earlier conversations with this person: notes about some words, or one note by its name; the newest where neither is given.',
    input: z.strictObject({
      words: z.string().min(1).max(2000).optional().describe('What it is to be about.'),
      note: note.optional(),
      because,
    }),
    inSession: true,
    yields: AS_LABELLED,
    toText: rememberedText,
  }),
  tableTool({
    name: 'memory_write',
    action: 'memory.write',
    description:
      'Remember something for later conversations with this person: what they ask you to, and what will be of use. One fact a note, so that it can be found and forgotten by itself. No passwords or keys.',
    input: z.strictObject({
      text: z.string().min(1).max(MOST_NOTE),
      note: note.optional().describe('The note that it takes the place of; a new one if left out.'),
      because,
    }),
    inSession: true,
    yields: AS_LABELLED,
    toText: memoryText,
  }),
  tableTool({
    name: 'memory_forget',
    action: 'memory.write',
    description: 'Forget one note: by its name, or by what it is about where only one is.',
    input: z
      .strictObject({
        note: note.optional(),
        about: z.string().min(1).max(2000).optional(),
        because,
      })
      .refine((given) => (given.note === undefined) !== (given.about === undefined), {
        message: 'give either note or about',
      }),
    inSession: true,
    yields: AS_LABELLED,
    toText: memoryText,
  }),
];
