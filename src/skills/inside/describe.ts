import { z } from 'zod';
import type { SkillDefinition } from '../define.ts';

export type AnySkill = SkillDefinition<z.ZodType, z.ZodType>;

/** What a compiled module exports. */
export interface SkillModule {
  readonly skill?: AnySkill;
  readonly skills?: readonly AnySkill[];
}

/** The skills of a module; none where it exports none. */
export const skillsOf = ({ skill, skills }: SkillModule): readonly AnySkill[] =>
  skills ?? (skill ? [skill] : []);

/** What skills say of themselves. */
export const describeSkills = (skills: readonly AnySkill[]): readonly object[] =>
  skills.map(({ name, description, version, examples, complexity, permissions, input }) => ({
    name,
    description,
    version,
    examples,
    complexity,
    permissions,
    input: z.toJSONSchema(input, { io: 'input' }),
  }));
