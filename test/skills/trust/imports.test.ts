import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSkill } from '../../../src/skills/compile.ts';
import { readSources } from '../../../src/skills/trust/sources.ts';
import { freshFolder } from '../../store/fresh.ts';

function skill(files: Readonly<Record<string, string>>) {
  const root = freshFolder();
  const folder = join(root, 'hello');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const compile = async (between: () => void = () => undefined) => {
    const sources = await readSources(folder);
    between();
    const { module } = await compileSkill({ folder, cache: join(root, 'cache'), sources });
    return readFileSync(module, 'utf8');
  };
  return { root, folder, compile };
}
const declares = (name: string) => JSON.stringify({ dependencies: { [name]: '1.0.0' } });

describe('what a skill may import', () => {
  it('is a package that it declares, from its own folder, with what that needs', async () => {
    const { compile } = skill({
      'skill.ts': `import pad from 'pad'; export const skill = pad;`,
      'package.json': declares('pad'),
      'node_modules/pad/package.json': '{"name":"pad","main":"index.js"}',
      'node_modules/pad/index.js': `module.exports = require('inner');`,
      'node_modules/inner/package.json': '{"name":"inner","main":"index.js"}',
      'node_modules/inner/index.js': `module.exports = 'PADDED';`,
    });
    expect(await compile()).toContain('PADDED');
  });

  it.each([
    ['a package that it does not declare', `import 'pad';`, 'The package pad is not declared'],
    ['something of the network', `import 'https://example.org/x.js';`, 'lies in its own folder'],
    ['data in its name', `import 'data:text/javascript,1';`, 'lies in its own folder'],
    ['an absolute path', `import '/etc/hostname';`, "not in the skill's folder"],
    ['a URL of a file', `import 'file:///etc/hostname';`, 'lies in its own folder'],
  ])('is not %s', async (_, line, why) => {
    const { compile } = skill({
      'skill.ts': `${line}\nexport const skill = 1;`,
      'node_modules/pad/package.json': '{"name":"pad","main":"index.js"}',
      'node_modules/pad/index.js': '1',
    });
    await expect(compile()).rejects.toThrow(why);
  });

  it('is not a package that lies above its folder', async () => {
    const { root, compile } = skill({
      'skill.ts': `import 'above';\nexport const skill = 1;`,
      'package.json': declares('above'),
    });
    mkdirSync(join(root, 'node_modules', 'above'), { recursive: true });
    writeFileSync(join(root, 'node_modules', 'above', 'index.js'), '1');
    await expect(compile()).rejects.toThrow("not in the skill's folder");
  });

  it('is not a file that changed after the folder was read', async () => {
    const { folder, compile } = skill({ 'skill.ts': 'export const skill = 1;' });
    const swap = () => writeFileSync(join(folder, 'skill.ts'), 'export const skill = 2;');
    await expect(compile(swap)).rejects.toThrow('skill.ts was changed while it was read');
  });
});
