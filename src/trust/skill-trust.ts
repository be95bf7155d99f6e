import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { visible } from '../base/visible.ts';
import type { Action } from '../domain/action.ts';
import type { Decider } from '../domain/approval.ts';
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
  /** Who said yes to what was asked under an id; undefined where nobody did. */
  yesTo(intent: string): Promise<Decider | undefined>;
}

const resourceSchema = z.strictObject({
  skill: z.string().min(1).max(100),
  /** Digest of what the owner was shown. */
  digest: z.string().length(64),
  /** `surface/id` of the owner who approves it; absent where atom itself asks whether one does. */
  by: z.string().min(1).max(200).exactOptional(),
});

/** Compiling and describing all of them anew, on a slow machine. */
const LOOK_MS = 60_000;

/**
 * The action `skill.trust`: `{skill, digest, by}`, from now on exactly what has this digest may be used.
 * Complexity 4 where it gains permissions, else 3. Its result is `{skill, digest}`. Only the owner may ask;
 * without `by` it is a question to the owner, that atom puts itself, and done by nothing but a yes to it.
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
    const { gains, skill, complexity } = plan;
    return {
      resource: { ...order },
      facts: { digest: plan.digest },
      ...(order.by === undefined
        ? { asks: `${order.skill} waits: ${skill.why ?? 'it is new'}` }
        : {}),
      declared: {
        complexity,
        why: gains.length > 0 ? 'lets a skill touch more than before' : 'lets a skill be used',
      },
      card: {
        kind: 'trust',
        words: [`approve the skill ${order.skill}`],
        may: skill.may.length > 0 ? skill.may : ['touch nothing but its input'],
        undo: `atom skills disable ${order.skill} stops it at once`,
        detail: detailOf(plan),
      },
    };
  },
  execute: async (grant, signal) => {
    const { request, prepared } = redeem(grant);
    const { skill: id, digest, ...given } = parse(prepared.resource);
    const by = given.by ?? (await whoSaidYes(deps, request.id));
    const mayAsk = given.by === undefined ? 'system' : 'owner';
    if (request.principal.kind !== mayAsk || by === undefined)
      throw new AtomError('blocked', 'Only the owner approves skills.');
    await deps.approve({ id, digest, by }, signal);
    return { skill: id, digest };
  },
});

async function whoSaidYes(
  { yesTo }: Pick<SkillTrustDeps, 'yesTo'>,
  intent: string,
): Promise<string | undefined> {
  const by = await yesTo(intent);
  return by && `${by.surface}/${by.id}`;
}

/** What it could not before, and what is in it: all of it, or the card says that it is too long. */
const detailOf = ({ skill, files, gains, loses, warnings, diff, known }: SkillPlan): string =>
  [
    ...warnings.map((line) => `! ${line}`),
    `${skill.folder}:`,
    ...files
      .filter(({ change }) => !known || change !== 'same')
      .map(
        ({ path, bytes, change }) => `  ${visible(path)} (${known ? change : `${bytes} bytes`})`,
      ),
    ...gains.map((line) => `+ ${line}`),
    ...loses.map((line) => `- ${line}`),
    ...(diff === '' ? [] : [diff]),
  ].join('\n');

function parse(resource: Json): z.output<typeof resourceSchema> {
  return readAs(resourceSchema, resource, 'That approves no skill');
}
