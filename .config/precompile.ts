// Compiles the package's own skills and has them describe themselves, as the first start of a gateway would: in
// one, the compiler and eleven jails take time, and memory that it never gives back. They are atom's own code, so
// they need no jail here.
import * as zod from 'zod';
import { ZOD } from '../src/base/zod-here.ts';
import { compiledText } from '../src/skills/compile.ts';
import { describeSkills, type SkillModule, skillsOf } from '../src/skills/inside/describe.ts';
import { precompiledName } from '../src/skills/known-skills.ts';
import { readSources } from '../src/skills/trust/sources.ts';

/** A file for the folder where a gateway looks. */
export interface Precompiled {
  /** Says what it was made from: a gateway that would compile something else does not find it. */
  readonly name: string;
  readonly contents: string;
}

/** What comes of the skill in this folder. Rejects where it cannot be compiled or holds no skill. */
export async function precompile(folder: string): Promise<Precompiled> {
  const sources = await readSources(folder);
  const text = await compiledText({ folder, sources });
  Object.assign(globalThis, { [ZOD]: zod });
  const url = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  const described = describeSkills(skillsOf((await import(url)) as SkillModule));
  if (described.length === 0) throw new Error(`${folder} exports no skill`);
  return { name: await precompiledName(sources), contents: JSON.stringify({ text, described }) };
}
