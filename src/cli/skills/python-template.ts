import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../version.ts';

/** The files of a new skill in Python, by their path in its folder; `module` is the one that they begin with. */
export const pythonTemplateFor = (
  name: string,
  module = join(packageFolder(), 'dist', 'skills', 'python', 'atom_skill.py'),
): Readonly<Record<string, string>> => ({
  'skill.py': `from atom_skill import ctx, run, skill


# What it may touch: nothing. See: atom help skills
@skill(name="${name}", examples=["${name} NAME"], complexity=1, permissions={})
def answer(name: str):
    """Greets somebody by name."""
    ctx.log(f"greets {name}")
    return {"text": f"Hello {name}!"}


run()
`,
  'skill.json': `${JSON.stringify(
    {
      name,
      description: 'Greets somebody by name.',
      version: '1.0.0',
      examples: [`${name} NAME`],
      complexity: 1,
      permissions: {},
      input: {
        type: 'object',
        properties: { name: { type: 'string' } },
        required: ['name'],
        additionalProperties: false,
      },
      command: ['python3', 'skill.py'],
    },
    null,
    2,
  )}\n`,
  'skill.test.json': `${JSON.stringify(
    [
      { name: 'greets by name', input: { name: 'Dana' }, gives: { text: 'Hello Dana!' } },
      { name: 'wants a name', input: {}, fails: 'The input is wrong' },
    ],
    null,
    2,
  )}\n`,
  'atom_skill.py': readFileSync(module, 'utf8'),
});
