import type { Json } from '../base/json.ts';
import type { Complexity } from './complexity.ts';

/**
 * What a skill may touch, with nothing left out: what is not named is not allowed. Read by people on a
 * card, by the jail that runs it, and wherever it asks for something.
 */
export interface SkillPermissions {
  /** The agent's jail folder mounted as a whole, for skills that walk many files. */
  readonly files: 'none' | 'read' | 'write';
  /** Patterns for `ctx.fs`: `notes/**` in the agent's own jail, `jailname:notes/*.md` in a named one. */
  readonly fs: { readonly read: readonly string[]; readonly write: readonly string[] };
  /** Hosts for `ctx.fetch`: `api.example.org`, `*.example.org`, `example.org:8443`. */
  readonly net: readonly string[];
  /** Beginnings of argv for `ctx.exec`, word by word: `[['git', 'log'], ['git', 'status']]`. */
  readonly commands: readonly (readonly string[])[];
  /** Names for `ctx.secret`; the owner keeps the value as `skill.<skill>.<name>`. */
  readonly secrets: readonly string[];
  /** The agent's memory. */
  readonly memory: 'none' | 'read' | 'write';
  /** Reminders for the chat that it is called in. Absent where it may not: what was approved before stays as it is. */
  readonly reminders?: true;
}

/** What a skill that declares nothing may touch. */
export const noPermissions: SkillPermissions = {
  files: 'none',
  fs: { read: [], write: [] },
  net: [],
  commands: [],
  secrets: [],
  memory: 'none',
};

/** A TypeScript module, a program in any language, or instructions for a model (`SKILL.md`). */
export type SkillKind = 'module' | 'program' | 'text';

/** Whose folder it was found in: the package's, the profile's, or a jail's. */
export type SkillOrigin = 'bundled' | 'profile' | 'jail';

/** A loaded skill, without its code. */
export interface Skill {
  readonly name: string;
  readonly kind: SkillKind;
  readonly origin: SkillOrigin;
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
