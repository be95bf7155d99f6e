import type { Skill, SkillOrigin, SkillPermissions } from './skill.ts';

/** One file of a skill's folder. */
export interface SkillFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** SHA-256 of its content; of where it leads, where it is a link inside the folder. */
  readonly digest: string;
  readonly bytes: number;
}

/** What the owner approved of a skill's folder: what is loaded for use is this and nothing else. */
export interface SkillApproval {
  /** The name of its folder; `jail/name` where it lies in a jail. */
  readonly id: string;
  /** Over its files and all that it says of itself. */
  readonly digest: string;
  readonly permissions: SkillPermissions;
  readonly files: readonly SkillFile[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `surface/id`. */
  readonly by: string;
}

/**
 * `ready` may be used; `waiting` for the owner's approval; `off` was turned off; `broken` cannot be loaded
 * or is refused, whatever the owner says.
 */
export type SkillState = 'ready' | 'waiting' | 'off' | 'broken';

/** A skill's folder that was found, whatever may be done with it. */
export interface SkillListing {
  readonly id: string;
  readonly state: SkillState;
  readonly origin: SkillOrigin;
  readonly folder: string;
  /** Most folders hold one; of a broken one nothing is known. */
  readonly skills: readonly Pick<
    Skill,
    'name' | 'kind' | 'version' | 'description' | 'examples' | 'complexity' | 'input'
  >[];
  /** What they may touch, one thing a line. */
  readonly may: readonly string[];
  /** What else there is to know, in sentences. */
  readonly notes?: readonly string[];
  /** Why it is not ready, in words. */
  readonly why?: string;
  /** Names exactly what lies there; absent where that could not be read. */
  readonly digest?: string;
  readonly approved?: Pick<SkillApproval, 'at' | 'by'>;
}

export type FileChange = 'new' | 'changed' | 'removed' | 'same';

/** What approving a skill would mean. Changes nothing. */
export interface SkillPlan {
  readonly skill: SkillListing;
  /** Names exactly this: where anything of it differs, an approval is refused. */
  readonly digest: string;
  /** False where it was never approved. */
  readonly known: boolean;
  /** What it may touch beyond what was approved, and no longer; one thing a line. */
  readonly gains: readonly string[];
  readonly loses: readonly string[];
  readonly files: readonly (Pick<SkillFile, 'path' | 'bytes'> & { readonly change: FileChange })[];
  /** What changed in the files since, as a unified diff, cut short. */
  readonly diff: string;
  /** What the owner should look at twice, in sentences. */
  readonly warnings: readonly string[];
  /** How much approving it does: 4 where it gains anything. */
  readonly complexity: 3 | 4;
}

/** What came of one test of a skill's own. */
export interface TestResult {
  readonly name: string;
  readonly ok: boolean;
  /** Where it is not: what was otherwise. */
  readonly why?: string;
}
