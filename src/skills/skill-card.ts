import type { Json } from '../base/json.ts';
import type { CardFacts } from '../domain/card.ts';
import type { JailSpec } from '../domain/jail.ts';
import type { Skill } from '../domain/skill.ts';

/** One call of a skill, in the jail it would run in. */
export interface SkillUse {
  readonly skill: Skill;
  readonly input: Json;
  readonly jail: JailSpec;
}

/** What a person is shown about a call before it is made. */
export function skillCard({ skill, input, jail }: SkillUse): CardFacts {
  const needsFiles = skill.permissions.files !== 'none';
  const writes = jail.mode === 'read-write';
  const reach = writes ? `Read and change ${jail.folder}` : `Read ${jail.folder}`;
  return {
    kind: 'skill',
    words: [`Use the skill ${skill.name} ${skill.version}`, JSON.stringify(input)],
    ...(needsFiles ? { folder: jail.folder } : {}),
    jail: `${jail.name} (${jail.mode}, no network)`,
    may: [needsFiles ? reach : 'Read and change no files'],
    undo: writes ? 'What it changes in files is not taken back.' : 'It changes nothing.',
  };
}
