import type { Json } from '../base/json.ts';
import type { CardFacts } from '../domain/card.ts';
import type { JailSpec } from '../domain/jail.ts';
import { jailWords } from '../domain/jail-words.ts';
import type { Skill } from '../domain/skill.ts';
import { permissionWords } from '../domain/skill-words.ts';
import { type Coverage, undoWordsFor } from '../domain/undo.ts';

/** One call of a skill, in the jail it would run in. */
export interface SkillUse {
  readonly skill: Skill;
  readonly input: Json;
  readonly jail: JailSpec;
  /** Of the jail's folder, where the skill may write there. */
  readonly coverage: Coverage | undefined;
}

/** The skill that the words of such a card name. */
export const skillInWords = (words: Json | undefined): string =>
  /^Use the skill (\S+)/.exec(String(Array.isArray(words) ? words[0] : words))?.[1] ?? 'unknown';

/** What a person is shown about a call before it is made. */
export function skillCard({ skill, input, jail, coverage }: SkillUse): CardFacts {
  const needsFiles = skill.permissions.files !== 'none';
  const writes = jail.mode === 'read-write';
  const reach = writes ? `Read and change ${jail.folder}` : `Read ${jail.folder}`;
  return {
    kind: 'skill',
    words: [`Use the skill ${skill.name} ${skill.version}`, JSON.stringify(input)],
    ...(needsFiles ? { folder: jail.folder } : {}),
    jail: jailWords(jail),
    may: [
      needsFiles ? reach : 'Read and change no files by itself',
      // Each of that is decided by itself once it is asked for.
      ...permissionWords({ ...skill.permissions, files: 'none' }),
    ],
    undo: coverage ? undoWordsFor(coverage) : 'changes nothing',
  };
}
