import { digestOf } from '../../base/digest.ts';
import type { Json } from '../../base/json.ts';
import type { Skill, SkillOrigin } from '../../domain/skill.ts';
import type { SkillApproval, SkillState } from '../../domain/skill-trust.ts';
import type { Program } from '../program/call-program.ts';
import { hides } from './hides.ts';
import { lookAlike } from './look-alike.ts';
import type { SkillSources } from './sources.ts';

/** A skill's folder as it was found and described, before anybody says whether it may be used. */
export interface FoundFolder {
  /** Its name; `jail/name` where it lies in a jail. */
  readonly id: string;
  readonly folder: string;
  readonly origin: SkillOrigin;
  /** Of an agent that works in this jail, and of no other; everybody's where absent. */
  readonly jail?: string;
  readonly sources: SkillSources;
  readonly skills: readonly LoadedSkill[];
  /** What else the owner should know, in sentences. */
  readonly notes?: readonly string[];
}

/** One skill, ready to run once it may be used. */
export interface LoadedSkill {
  readonly skill: Skill;
  /** Path of its compiled module; of its folder, where nothing is compiled. */
  readonly module: string;
  /** Where it is a program instead of a module. */
  readonly program?: Program;
  readonly folder: string;
}

/** What is known of the owner's wishes. */
export interface Wishes {
  readonly approvals: ReadonlyMap<string, SkillApproval>;
  readonly off: ReadonlySet<string>;
  /** Whether `skills.lock` says the same of an approval. */
  readonly agrees: (approval: SkillApproval) => boolean;
}

export interface Verdict {
  readonly state: SkillState;
  /** Where it is not ready: why, in a sentence. */
  readonly why?: string;
}

/**
 * What an approval is for: every file of the folder, and what the skill says of itself. Not the compiled
 * module, which is another with every version of the compiler though nothing changed.
 */
export const trustDigest = ({ id, sources, skills }: FoundFolder): string =>
  digestOf({ id, sources: sources.digest, skills: skills.map(({ skill }) => saidOf(skill)) });

const saidOf = ({ permissions, examples, ...skill }: Skill): Json => {
  const { name, kind, description, version, complexity } = skill;
  const said = { name, kind, description, version, complexity, examples: [...examples] };
  return { ...said, permissions: permissions as unknown as Json };
};

/**
 * Whether a skill may be used. Those of the package are trusted as a part of it: whoever could change them
 * could change atom itself, and a list of their digests beside them would change with them.
 */
export function judge(found: FoundFolder, { approvals, off, agrees }: Wishes): Verdict {
  if (off.has(found.id)) return { state: 'off', why: 'you turned it off' };
  if (found.origin === 'bundled') return { state: 'ready' };
  const approval = approvals.get(found.id);
  if (!approval) return { state: 'waiting', why: 'it is new' };
  if (approval.digest !== trustDigest(found))
    return { state: 'waiting', why: 'it is not what you approved: it changed since' };
  if (!agrees(approval))
    return {
      state: 'waiting',
      why: 'skills.lock does not say what you approved: something else than atom changed that file',
    };
  return { state: 'ready' };
}

/** Why a folder is refused whatever the owner says: it passes for what it is not. */
export function whyRefused(
  { origin, skills }: Pick<FoundFolder, 'origin' | 'skills'>,
  bundled: readonly string[],
): string | undefined {
  if (origin === 'bundled') return undefined;
  const all = skills.map(({ skill }) => skill);
  if (all.flatMap((one) => [one.description, one.version, ...one.examples]).some(hides))
    return 'What it says of itself has signs in it that nobody sees, or that turn text around.';
  const like = all
    .map(({ name }) => lookAlike(name, bundled))
    .find((one) => one?.likeness === 'same');
  return like && `Its name would be taken for the bundled skill ${like.name}. Give it another.`;
}
