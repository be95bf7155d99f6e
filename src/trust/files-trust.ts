import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import { whyTainted } from '../domain/taint.ts';
import { redeem } from '../governance/grant.ts';
import type { TrustFiles } from '../governance/labels/trust-files.ts';
import { ownerOnly } from './owner-only.ts';

const resourceSchema = z.strictObject({
  paths: z.array(z.string().min(1)).min(1).max(1000),
  /** Digest of the plan that the owner was shown. */
  plan: z.string(),
});

/**
 * The action `files.trust`: `{paths, plan}`, files and folders that count as strangers' words and are the
 * owner's from now on. Its result is `{lifted}`, the paths. Only the owner may ask for it.
 */
export const createFilesTrust = (files: TrustFiles): Action => ({
  name: 'files.trust',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'says which files are trusted');
    const { paths, plan: shown } = parse(resource);
    const plan = await files.plan(paths);
    if (plan.digest !== shown)
      throw new AtomError('blocked', 'What would be trusted changed. Look again, then ask again.');
    return {
      resource: { paths: [...plan.paths], plan: shown },
      facts: { plan: plan.digest },
      declared: { complexity: 4, why: 'takes strangers’ words for yours, for good' },
      card: {
        kind: 'trust',
        words: [`trust what is in ${plan.paths.join(', ')}`],
        may: ['let agents act on what is written there as if you had written it'],
        undo: 'nothing marks them again but strangers’ words that are written there later',
        detail: plan.lifts.map((one) => `${one.path}: ${whyTainted(one)}`).join('\n'),
      },
    };
  },
  execute: async (grant) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind !== 'owner')
      throw new AtomError('blocked', 'Only the owner says which files are trusted.');
    const { paths, plan } = parse(prepared.resource);
    const lifted = await files.lift(paths, plan);
    return { lifted: lifted.map(({ path }) => path) };
  },
});

function parse(resource: Json): z.output<typeof resourceSchema> {
  return readAs(resourceSchema, resource, 'That trusts no files');
}
