import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import type { SkillApproval, SkillPlan } from '../domain/skill-trust.ts';
import { redeem } from '../governance/grant.ts';
import { ownerOnly } from './owner-only.ts';

/** What is asked of the shelf of skills. */
export interface SkillTrustDeps {
  plan(id: string, signal: AbortSignal): Promise<SkillPlan>;
  approve(
    order: { readonly id: string; readonly digest: string; readonly by: string },
    signal: AbortSignal,
  ): Promise<SkillApproval>;
}

const resourceSchema = z.strictObject({
  skill: z.string().min(1).max(100),
  /** Digest of what the owner was shown. */
  digest: z.string().length(64),
  /** `surface/id` of who approves it. */
  by: z.string().min(1).max(200),
});

/** Compiling and describing all of them anew, on a slow machine. */
const LOOK_MS = 60_000;

/**
 * The action `skill.trust`: `{skill, digest, by}`, from now on exactly what has this digest may be used.
 * Complexity 4 where it gains permissions, else 3. Its result is `{skill, digest}`. Only the owner may ask.
 */
export const createSkillTrust = (deps: SkillTrustDeps): Action => ({
  name: 'skill.trust',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'approves skills');
    const order = parse(resource);
    const plan = await deps.plan(order.skill, AbortSignal.timeout(LOOK_MS));
    if (plan.digest !== order.digest)
      throw new AtomError('blocked', `${order.skill} changed since it was shown. Look again.`, {
        next: [`atom skills approve ${order.skill}`],
      });
    const { gains, loses, warnings, skill, complexity } = plan;
    return {
      resource: { ...order },
      facts: { digest: plan.digest },
      declared: {
        complexity,
        why: gains.length > 0 ? 'lets a skill touch more than before' : 'lets a skill be used',
      },
      card: {
        kind: 'trust',
        words: [`approve the skill ${order.skill}`],
        may: skill.may.length > 0 ? skill.may : ['touch nothing but its input'],
        undo: `atom skills disable ${order.skill} stops it at once`,
        detail: [
          ...warnings,
          ...gains.map((line) => `+ ${line}`),
          ...loses.map((line) => `- ${line}`),
          plan.diff,
        ].join('\n'),
      },
    };
  },
  execute: async (grant, signal) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind !== 'owner')
      throw new AtomError('blocked', 'Only the owner approves skills.');
    const { skill: id, digest, by } = parse(prepared.resource);
    await deps.approve({ id, digest, by }, signal);
    return { skill: id, digest };
  },
});

function parse(resource: Json): z.output<typeof resourceSchema> {
  const parsed = resourceSchema.safeParse(resource);
  if (parsed.success) return parsed.data;
  throw new AtomError('usage', `That approves no skill: ${z.prettifyError(parsed.error)}`);
}
