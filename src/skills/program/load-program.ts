import { join } from 'node:path';
import type { Skill } from '../../domain/skill.ts';
import type { SkillHost } from '../runtime/host.ts';
import { type Program, programOf } from './call-program.ts';
import { readProgram } from './read-program.ts';

export type { Program } from './call-program.ts';
export { MANIFEST } from './manifest.ts';

/** Reads a folder with a `skill.json` and makes it ready to be called. Throws as `readProgram` does. */
export async function loadProgram(
  host: SkillHost,
  folder: string,
  cache: string,
): Promise<{ readonly skill: Omit<Skill, 'origin'>; readonly program: Program }> {
  const read = await readProgram(folder, host.hasProgram);
  return { skill: read.skill, program: programOf(read, join(cache, 'folders')) };
}
