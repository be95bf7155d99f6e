import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { ensureFolder } from '../../config/folder.ts';
import type { Paths } from '../../config/paths.ts';
import type { Cli } from '../cli.ts';
import { packageFolder } from '../version.ts';
import { pythonTemplateFor } from './python-template.ts';
import { editorSettings, templateFor } from './template.ts';

/** Writes a skill that works, and settings with which editors know its types. Needs no gateway. */
export async function newSkill(cli: Cli, name: string, language: string): Promise<void> {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    throw new AtomError('usage', `"${name}" cannot be the name of a skill.`, {
      next: ['Use a–z, 0–9 and -, beginning with a letter, such as hello.'],
    });
  const template = TEMPLATES.get(language);
  if (!template)
    throw new AtomError('usage', `There is no template in ${visible(language)}.`, {
      next: [`There are: ${[...TEMPLATES.keys()].join(', ')}`],
    });
  const folder = join(ensureFolder(cli.paths.skills), name);
  if (existsSync(folder))
    throw new AtomError('usage', `There is a skill ${name} already: ${folder}`, {
      next: ['Give it another name, or take that one away:', `atom skills remove ${name}`],
    });
  const files = Object.entries(template(name));
  mkdirSync(folder);
  for (const [path, text] of files) writeFileSync(join(folder, path), text, { flag: 'wx' });
  tellEditors(cli.paths);
  if (cli.out.json)
    return cli.out.object({ skill: name, folder, files: files.map(([path]) => path) });
  cli.out.say(`Wrote ${folder}:`);
  for (const [path] of files) cli.out.say(`  ${path}`);
  for (const hint of hintsFor(name, language)) cli.out.hint(hint);
  cli.out.hint(`Let it be used:   atom skills approve ${name}`);
  cli.out.hint(`Undo:   atom skills remove ${name}`);
}

const TEMPLATES = new Map([
  ['ts', templateFor],
  ['python', pythonTemplateFor],
]);

const hintsFor = (name: string, language: string): readonly string[] =>
  language === 'python'
    ? ['Change skill.py, then, in its folder:   python3 skill.py describe > skill.json']
    : [`Change skill.ts, then:   atom skills test ${name}`];

/** Beside the skills and part of none, so that no approval depends on where atom is installed. */
export function tellEditors({ skills }: Pick<Paths, 'skills'>): void {
  const atom = join(packageFolder(), 'dist', 'types', 'index.d.ts');
  const zod = join(dirname(fileURLToPath(import.meta.resolve('zod'))), 'index.d.ts');
  const node = typesOfNode();
  const types = node === undefined ? { atom, zod } : { atom, zod, node };
  writeFileSync(join(skills, 'tsconfig.json'), editorSettings(types));
}

/** The folder that holds the types of Node; undefined where nobody installed them. */
function typesOfNode(): string | undefined {
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve('@types/node/package.json'))));
  } catch {
    return undefined;
  }
}
