/** The files of a new skill in TypeScript, by their path in its folder. */
export const templateFor = (name: string): Readonly<Record<string, string>> => ({
  'skill.ts': `import { defineSkill } from 'atom-agent';
import { z } from 'zod';

export const skill = defineSkill({
  name: '${name}',
  description: 'Greets somebody by name.',
  version: '1.0.0',
  // What it answers to. A word in capitals is the field of the input with that name.
  examples: ['${name} NAME', 'say ${name} to NAME'],
  // How much one call does: 1 look, 2 say, 3 change, 4 destroy.
  complexity: 1,
  // What it may touch: nothing. See: atom help skills
  permissions: {},
  input: z.object({ name: z.string().min(1).max(100).describe('Who is greeted.') }),
  output: z.object({ text: z.string() }),
  run: ({ name }) => ({ text: \`Hello \${name}!\` }),
});
`,
  'skill.test.ts': `import type { SkillTest } from 'atom-agent';

// Each is one call of the skill, in the jail that it has in life:   atom skills test ${name}
export const tests: readonly SkillTest[] = [
  { name: 'greets by name', input: { name: 'Dana' }, gives: { text: 'Hello Dana!' } },
  { name: 'wants a name', input: { name: '' }, fails: 'The input is wrong' },
];
`,
  'package.json': `${JSON.stringify({ name, private: true, type: 'module', dependencies: {} }, null, 2)}
`,
});

/** Settings for editors and \`tsc\`: where the types of atom and zod lie on this machine. */
export const editorSettings = (types: {
  /** Absolute paths. */
  readonly atom: string;
  readonly zod: string;
  /** The folder of `node`, whose types are then known too. */
  readonly node?: string;
}): string =>
  `${JSON.stringify(
    {
      compilerOptions: {
        target: 'es2024',
        module: 'nodenext',
        moduleResolution: 'nodenext',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        ...(types.node === undefined ? {} : { typeRoots: [types.node], types: ['node'] }),
        paths: { 'atom-agent': [types.atom], zod: [types.zod] },
      },
      include: ['*/**/*.ts'],
      exclude: ['**/node_modules'],
    },
    null,
    2,
  )}\n`;
