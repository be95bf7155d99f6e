import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { foundText, KNOWN, lookFor, versionWords } from './packages.ts';

/** Looks for programs by their absolute paths, so that a short PATH hides none. */
export const skill = defineSkill({
  name: 'packages',
  description:
    'Say whether programs or packages are installed, where they are and in which version.',
  version: '1.0.0',
  examples: [
    'is git installed',
    'are python3 and node installed',
    'which version of node is installed',
  ],
  complexity: 1,
  permissions: {
    commands: [['ls', '-d', '--'], ['dpkg-query', '-W'], ...KNOWN.map(versionWords)].map(
      ([program = '', ...words]): [string, ...string[]] => [program, ...words],
    ),
  },
  input: z.strictObject({
    names: z
      .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9+._-]{0,60}$/, 'a name of a program'))
      .min(1)
      .max(20),
  }),
  output: z.strictObject({ text: z.string(), found: z.array(z.json()) }),
  run: async ({ names }, context) => {
    const found = await lookFor(context, names);
    return { text: found.map(foundText).join('\n'), found: found.map((one) => ({ ...one })) };
  },
});
