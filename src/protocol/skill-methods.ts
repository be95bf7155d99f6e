import { z } from 'zod';
import type { Json } from '../base/json.ts';
import type { Outcome } from '../domain/action.ts';
import type { SkillListing, SkillPlan, TestResult } from '../domain/skill-trust.ts';

/** The name of a skill's folder; `jail/name` where it lies in a jail. */
const id = z.string().min(1).max(100);
const folder = z.string().startsWith('/').max(4096);
/** A code of the second factor, where one is enrolled. */
const code = z.string().min(1).max(64).optional();

/** Parameters of what says which skills may be used. */
export const skillParams = {
  /** Looks at all of them again. */
  'skills.list': () => z.strictObject({}),
  /** What approving one would mean, as it lies there now; changes nothing. */
  'skills.show': () => z.strictObject({ id }),
  /** The same of any folder. */
  'skills.check': () => z.strictObject({ folder }),
  'skills.trust': () =>
    z.strictObject({
      id,
      /** Digest of what was shown: anything else is not approved. */
      digest: z.string().length(64),
      code,
    }),
  /** Tries one as its own tests say, in the jail that it has in life; it needs no approval for that. */
  'skills.test': () => z.strictObject({ id }),
  'skills.turn': () => z.strictObject({ id, on: z.boolean() }),
  /** Forgets what was approved, for a folder that is taken away. */
  'skills.forget': () => z.strictObject({ id }),
  /** Runs one as the owner's own act. */
  'skills.run': () => z.strictObject({ skill: id, input: z.json() as z.ZodType<Json>, code }),
} as const;

export interface SkillAnswers {
  readonly 'skills.list': { readonly skills: readonly SkillListing[] };
  readonly 'skills.show': { readonly plan: SkillPlan };
  readonly 'skills.check': { readonly plan: SkillPlan };
  readonly 'skills.trust': { readonly skill: SkillListing };
  readonly 'skills.test': { readonly results: readonly TestResult[] };
  readonly 'skills.turn': { readonly changed: boolean };
  readonly 'skills.forget': { readonly forgotten: boolean };
  readonly 'skills.run': { readonly outcome: Outcome };
}
