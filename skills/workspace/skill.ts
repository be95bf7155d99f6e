import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { list } from './list.ts';
import { placeIn } from './place.ts';
import { search } from './search.ts';
import { summary } from './summary.ts';

/** Looks around the jail folder without changing anything. */
export const skill = defineSkill({
  name: 'workspace',
  description:
    'Look around the jail folder: list a folder, search the text of its files, or sum up what is in it.',
  version: '1.0.0',
  examples: ['what is in src', 'where is the word invoice', 'which languages are used here'],
  complexity: 1,
  permissions: { files: 'read' },
  input: z
    .strictObject({
      op: z.enum(['list', 'search', 'summary']),
      text: z.string().min(1).max(500).optional().describe('What to search for; only for search.'),
      path: z
        .string()
        .min(1)
        .optional()
        .describe('Folder to look in; the jail folder if left out.'),
    })
    .refine(({ op, text }) => (op === 'search') === (text !== undefined), {
      message: 'search takes a text, and only search does',
      path: ['text'],
    }),
  output: z.strictObject({ text: z.string(), found: z.array(z.json()), more: z.boolean() }),
  run: ({ op, text = '', path = '.' }, { folder }) => {
    const place = placeIn(folder, path);
    if (op === 'list') return list(place);
    return op === 'search' ? search(place, text) : summary(place);
  },
});
