import { join } from 'node:path';
import { sha256 } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import type { ReadDeps, Reading } from '../load-module.ts';
import type { SkillFolder } from '../text/folder.ts';
import type { LoadedSkill } from '../trust/judge.ts';
import type { SkillSources } from '../trust/sources.ts';
import { programOf } from './call-program.ts';
import { readProgram } from './read-program.ts';

export { MANIFEST } from './manifest.ts';

/** Reads a folder with a `skill.json` and makes it ready to be called. Throws as `readProgram` does. */
export async function loadProgram(
  { host, cache }: ReadDeps,
  { folder, origin, sources }: Reading,
): Promise<readonly LoadedSkill[]> {
  const read = await readProgram(folder, host.hasProgram);
  requireSame(read.contents, sources);
  const program = programOf(read, join(cache, 'folders'));
  return [{ skill: { ...read.skill, origin }, module: folder, program, folder }];
}

/** What is approved are the sources, what runs are these files: they have to be the same. */
function requireSame({ files }: SkillFolder, sources: SkillSources): void {
  const known = new Map(sources.files.map(({ path, digest }) => [path, digest]));
  if (files.every(({ path, bytes }) => known.get(path) === sha256(bytes))) return;
  throw new AtomError('usage', 'It changed while it was read.', {
    next: ['Load the skills again.'],
  });
}
