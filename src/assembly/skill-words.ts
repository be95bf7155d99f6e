import { visible } from '../base/visible.ts';
import type { SkillListing } from '../domain/skill-trust.ts';

/** One line about a skill that cannot be used, with what to do. */
export const newsOf = ({ id, state, why = '', folder }: SkillListing): string =>
  state === 'waiting'
    ? `the skill ${id} waits for your approval (${why}): atom skills approve ${id}`
    : `skill disabled: ${folder}: ${why}`;

/** Those that wait, a line each, for who asks which skills there are. Those of words are listed anyway. */
export const waitingLines = (listings: readonly SkillListing[]): readonly string[] =>
  listings.flatMap(({ id, state, skills, why = '' }) =>
    state === 'waiting' && skills.every(({ kind }) => kind !== 'text')
      ? [`${visible(id)} — waits for your approval (${why}): atom skills approve ${visible(id)}`]
      : [],
  );
