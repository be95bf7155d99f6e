import type { z } from 'zod';
import type { Complexity } from '../domain/complexity.ts';
import type { SkillPermissions } from '../domain/skill.ts';

/** What a skill is handed besides its input. */
export interface SkillContext {
  /** The jail folder, absolute. What the skill may do in it is what its permissions say. */
  readonly folder: string;
}

/**
 * A skill, written by anybody: a TypeScript module `<name>/skill.ts` that exports `skill`. It runs in
 * a process of its own inside the jail, without network, and is started anew for every call.
 */
export interface SkillDefinition<I extends z.ZodType, O extends z.ZodType> {
  /** The name of its folder: a–z, 0–9 and `-`, at most 40 characters. */
  readonly name: string;
  readonly description: string;
  /** Semantic version; what runs is known by its digest. */
  readonly version: string;
  /** Phrases that it answers. */
  readonly examples: readonly string[];
  /** How much one call may do: 1 look, 2 say, 3 change, 4 destroy. Writing is at least 3. */
  readonly complexity: Complexity;
  readonly permissions: SkillPermissions;
  /** A `z.object`. */
  readonly input: I;
  /** JSON; a `text` in it is what people are shown. */
  readonly output: O;
  run(input: z.output<I>, context: SkillContext): Promise<z.input<O>> | z.input<O>;
}

/** Writes a skill down with its types checked. */
export const defineSkill = <I extends z.ZodType, O extends z.ZodType>(
  skill: SkillDefinition<I, O>,
): SkillDefinition<I, O> => skill;
