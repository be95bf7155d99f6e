import { noPermissions, type Skill } from '../../domain/skill.ts';
import type { SkillPlace } from '../find-folders.ts';
import type { FoundFolder } from '../trust/judge.ts';
import { readTextSkill } from './read-text-skill.ts';
import { requestWords } from './request-words.ts';
import { type PlacedText, sourcesOf, type TextShelf } from './shelf.ts';

/** Skills of words as folders that the owner approves like any other, as they were loaded. */
export const foundTexts = (texts: Pick<TextShelf, 'placed'>): readonly FoundFolder[] =>
  texts.placed().map(folderOf);

/** The skill of words of any folder. Throws AtomError `usage`. */
export async function readWords(place: SkillPlace): Promise<FoundFolder> {
  const { folder, origin } = place;
  const { skill, contents } = await readTextSkill(folder);
  const sources = sourcesOf(contents);
  return { ...folderOf({ skill: { ...skill, origin }, sources, folder }), ...place };
}

function folderOf({
  skill: text,
  sources,
  folder,
}: Pick<PlacedText, 'sources' | 'folder'> & {
  readonly skill: Omit<PlacedText['skill'], 'approved' | 'missing'>;
}): FoundFolder {
  const { name, description, version = '', digest, origin, jail, notes } = text;
  const skill: Skill = {
    name,
    kind: 'text',
    origin,
    description,
    version,
    digest,
    examples: [],
    complexity: 1,
    permissions: noPermissions,
    input: {},
  };
  return {
    id: jail === undefined ? name : `${jail}/${name}`,
    folder,
    origin,
    ...(jail === undefined ? {} : { jail }),
    sources,
    skills: [{ skill, module: folder, folder }],
    notes: [...requestWords(text), ...notes],
  };
}
