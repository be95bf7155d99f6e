import type { Json } from '../base/json.ts';
import type { Complexity } from './complexity.ts';

/** What a skill may touch. Read by people on a card and by the jail that runs it. */
export interface SkillPermissions {
  /** What it needs of the agent's jail folder. */
  readonly files: 'none' | 'read' | 'write';
}

/** A loaded skill, without its code. */
export interface Skill {
  readonly name: string;
  readonly description: string;
  readonly examples: readonly string[];
  readonly version: string;
  /** SHA-256 of the compiled module: what is approved is what runs. */
  readonly digest: string;
  readonly complexity: Complexity;
  readonly permissions: SkillPermissions;
  /** JSON Schema of the input, made from zod. */
  readonly input: Json;
}
