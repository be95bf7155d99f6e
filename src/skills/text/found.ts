import { sha256 } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import { noPermissions, type Skill } from '../../domain/skill.ts';
import type { SkillPlace } from '../find-folders.ts';
import type { FoundFolder } from '../trust/judge.ts';
import { readTextSkill } from './read-text-skill.ts';
import { requestWords } from './request-words.ts';
import type { OpenTextSkill, TextShelf } from './shelf.ts';

/** Skills of words as folders that the owner approves like any other. One that became wrong is left out. */
export async function foundTexts(
  texts: Pick<TextShelf, 'list' | 'open'>,
): Promise<readonly FoundFolder[]> {
  const opened = texts.list().map(({ name }) => texts.open(name).catch(gone));
  return (await Promise.all(opened)).flatMap((one) => (one ? [folderOf(one)] : []));
}

/** The skill of words of any folder. Throws AtomError `usage`. */
export async function readWords(place: SkillPlace): Promise<FoundFolder> {
  const { folder, origin } = place;
  const { skill, contents } = await readTextSkill(folder);
  return { ...folderOf({ skill: { ...skill, origin }, contents, folder }), ...place };
}

function gone(error: unknown): undefined {
  if (error instanceof AtomError) return undefined;
  throw error;
}

function folderOf({
  skill: text,
  contents,
  folder,
}: Pick<OpenTextSkill, 'contents' | 'folder'> & {
  readonly skill: Omit<OpenTextSkill['skill'], 'approved' | 'missing'>;
}): FoundFolder {
  const { name, description, version = '', digest, origin, jail, notes } = text;
  const skill: Skill = {
    ...{ name, kind: 'text', origin, description, version, digest, examples: [] },
    ...{ complexity: 1, permissions: noPermissions, input: {} },
  };
  const files = contents.files.map(({ path, bytes }) => {
    return { path, digest: sha256(bytes), bytes: bytes.length };
  });
  return {
    ...{ id: jail === undefined ? name : `${jail}/${name}`, folder, origin },
    ...(jail === undefined ? {} : { jail }),
    sources: { files, digest: contents.digest },
    skills: [{ skill, module: folder, folder }],
    notes: [...requestWords(text), ...notes],
  };
}
