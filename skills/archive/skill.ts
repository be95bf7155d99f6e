import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { create, extract, listArchive } from './archive.ts';

const path = z.string().min(1).max(1000);
const MOST_LINES = 200;

/** Two skills of one module: to look into an archive changes nothing. */
export const skills = [
  defineSkill({
    name: 'archive-list',
    description: 'Say what is in a zip or tar of the jail folder.',
    version: '1.0.0',
    examples: ['what is in the archive photos.zip', 'list the archive backup.tar.gz'],
    complexity: 1,
    permissions: { files: 'read' },
    input: z.strictObject({ archive: path }),
    output: z.strictObject({ text: z.string() }),
    run: ({ archive }, { folder }) => {
      const lines = listArchive(folder, archive);
      const more = lines.length - MOST_LINES;
      const shown = [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`… and ${more} more`] : [])];
      return { text: shown.join('\n') || 'There is nothing in it.' };
    },
  }),
  defineSkill({
    name: 'archive',
    description:
      'Pack files of the jail folder into a zip or tar, or unpack one into a new folder; nothing lands outside of it.',
    version: '1.0.0',
    examples: ['unpack photos.zip', 'pack notes into notes.zip'],
    complexity: 3,
    permissions: { files: 'write' },
    input: z
      .strictObject({
        op: z.enum(['unpack', 'pack']),
        archive: path.describe('To pack, a new .zip, .tar, .tar.gz or .tgz.'),
        to: path
          .optional()
          .describe('A new folder to unpack into; named like the archive if left out.'),
        from: z.array(path).min(1).max(100).optional().describe('What is packed.'),
      })
      .refine(({ op, from, to }) => (op === 'pack' ? from && !to : !from), {
        message: 'pack takes from, and unpack takes to',
        path: ['op'],
      }),
    output: z.strictObject({ text: z.string() }),
    run: ({ op, archive, from = [], to }, { folder }) => {
      if (op === 'pack')
        return { text: `Packed ${counted(create(folder, archive, from))} into ${archive}.` };
      const into = to ?? archive.replace(/([.]tar)?[.][a-z]+$/i, '');
      return { text: `Unpacked ${counted(extract(folder, archive, into))} into ${into}.` };
    },
  }),
];

const counted = (files: number): string => (files === 1 ? '1 file' : `${files} files`);
