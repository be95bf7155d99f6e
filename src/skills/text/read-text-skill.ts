import type { TextSkill } from '../../domain/text-skill.ts';
import { decode, noteOn, SKILL_FILE, wrongIn } from './decode.ts';
import { type ReadBudget, readFolder, type SkillFolder } from './folder.ts';

/** A skill of words with all that it holds. */
export interface ReadTextSkill {
  readonly skill: TextSkill;
  /** What follows the frontmatter. */
  readonly body: string;
  readonly contents: SkillFolder;
}

/**
 * Reads a folder with a `SKILL.md`. Throws AtomError `usage` that names the file, the line and what to do
 * where it cannot be used; what is merely odd is in the skill's `notes`.
 */
export async function readTextSkill(folder: string, budget?: ReadBudget): Promise<ReadTextSkill> {
  const contents = await readFolder(folder, budget);
  const file = contents.files.find(({ path }) => path === SKILL_FILE);
  if (!file)
    throw wrongIn(1, 'there is no such file in the folder.', `Name it exactly ${SKILL_FILE}.`);
  // A start without such skills needs no YAML.
  const { readFrontmatter } = await import('./frontmatter.ts');
  const { readFields } = await import('./fields.ts');
  const head = readFrontmatter(decode(file.bytes));
  const fields = readFields(folder, head);
  const odd = [
    ...(head.body === '' ? [noteOn(1, 'nothing follows the frontmatter: write what to do.')] : []),
    ...contents.links.map((link) =>
      noteOn(1, `${JSON.stringify(link)} is a link and is left out: put the file itself there.`),
    ),
  ];
  const skill = { ...fields, digest: contents.digest, notes: [...fields.notes, ...odd] };
  return { skill, body: head.body, contents };
}
