import { basename } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { visible } from '../../base/visible.ts';
import type { Skill } from '../../domain/skill.ts';
import { readFolder, type SkillFolder } from '../text/folder.ts';
import { inputCheck } from './input-check.ts';
import { MANIFEST, type Manifest, readManifest } from './manifest.ts';

/** A skill that is a program in whatever language, with all that its folder holds. */
export interface ReadProgram {
  readonly skill: Omit<Skill, 'origin'>;
  /** Program and arguments; files of the folder are meant where they are named. */
  readonly command: readonly string[];
  readonly contents: SkillFolder;
}

/**
 * Reads a folder with a `skill.json`, and runs nothing of it. `hasProgram` tells whether commands of a jail
 * would find a program. Throws AtomError `usage` with what is wrong and what to do.
 */
export async function readProgram(
  folder: string,
  hasProgram: (name: string) => boolean,
): Promise<ReadProgram> {
  const contents = await readFolder(folder);
  const file = contents.files.find(({ path }) => path === MANIFEST);
  if (!file) throw new AtomError('usage', `${MANIFEST}: there is no such file in the folder.`);
  const { command, input, $schema: _, ...said } = readManifest(basename(folder), file.bytes);
  requireRunnable(command, contents, hasProgram);
  // Says now what nobody could check later.
  inputCheck(input as Json);
  const skill = {
    ...said,
    input: input as Json,
    kind: 'program',
    digest: contents.digest,
  } as const;
  return { skill, command, contents };
}

function requireRunnable(
  [program = '', ...words]: Manifest['command'],
  { files }: SkillFolder,
  hasProgram: (name: string) => boolean,
): void {
  const own = files.find(({ path }) => path === plainPath(program));
  if (own && !own.executable)
    throw new AtomError('usage', `${MANIFEST}: command: ${visible(program)} may not be run.`, {
      next: [
        `Make it a program (chmod +x), or name what runs it: ["python3", "${visible(program)}"]`,
      ],
    });
  if (!own && !hasProgram(program))
    throw new AtomError('usage', `It needs \`${visible(program)}\`, not found: install it first.`, {
      next: ['Then load the skills again.'],
    });
  const script = words.find((word) => /\.\w+$/.test(word) && !word.startsWith('-'));
  if (script !== undefined && !files.some(({ path }) => path === plainPath(script)))
    throw new AtomError('usage', `${MANIFEST}: command: there is no file ${visible(script)}.`, {
      next: [`Name a file of the skill's own folder.`],
    });
}

/** `./a/b` and `a/b` are the same file. */
export const plainPath = (word: string): string => word.replace(/^(?:\.\/)+/, '');

/** The words of a command, with files of its folder by the path that they have inside a jail. */
export const commandIn = (
  command: readonly string[],
  { files }: Pick<SkillFolder, 'files'>,
  inside: string,
): readonly string[] =>
  command.map((word) =>
    files.some(({ path }) => path === plainPath(word)) ? `${inside}/${plainPath(word)}` : word,
  );
