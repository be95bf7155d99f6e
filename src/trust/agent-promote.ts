import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import { isAbove, type Maturity, maturities } from '../domain/agent.ts';
import { redeem } from '../governance/grant.ts';
import { ownerOnly } from './owner-only.ts';

export interface PromotionDeps {
  /** True where the owner has enrolled a second factor. */
  readonly secondFactor: () => Promise<boolean>;
  /** How mature an agent is now; undefined where there is none of that name. */
  readonly maturity: (agent: string) => Promise<Maturity | undefined>;
  /** What argues for it, a line each, shown on the card. */
  readonly record: (agent: string) => Promise<readonly string[]>;
  /** False where the agent is no longer at `from`. */
  readonly move: (wish: {
    readonly agent: string;
    readonly from: Maturity;
    readonly to: Maturity;
  }) => Promise<boolean>;
}

const resourceSchema = z.strictObject({ agent: z.string(), to: z.enum(maturities) });
const factsSchema = z.strictObject({ from: z.enum(maturities) });

/**
 * The action `agent.promote`: `{agent, to}`, above the maturity that it has. Its result is `{agent,
 * from, to}`. Only the owner may ask for it, and only with a second factor enrolled: throws AtomError
 * `credentials` without.
 */
export const createAgentPromote = (deps: PromotionDeps): Action => ({
  name: 'agent.promote',
  prepare: async (resource, asker) => {
    ownerOnly(asker, 'promotes an agent');
    const { agent, to } = parse(resource);
    await requireFactor(deps);
    const from = await deps.maturity(agent);
    if (!from) throw new AtomError('not-found', `There is no agent ${agent}.`, LIST);
    if (!isAbove(to, from))
      throw new AtomError('usage', `${agent} is ${from}, and ${to} is not above that.`);
    const lines = await deps.record(agent);
    return {
      resource: { agent, to },
      facts: { from },
      declared: { complexity: 4, why: 'gives an agent more trust, for good' },
      card: {
        kind: 'trust',
        words: [`promote ${agent} from ${from} to ${to}`],
        may: MAY[to],
        undo: `atom agents demote ${agent} takes it back at once`,
        detail: lines.join('\n'),
      },
    };
  },
  execute: async (grant) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind !== 'owner')
      throw new AtomError('blocked', 'Only the owner promotes an agent.');
    await requireFactor(deps);
    const { agent, to } = parse(prepared.resource);
    const { from } = factsSchema.parse(prepared.facts);
    if (await deps.move({ agent, from, to })) return { agent, from, to };
    throw new AtomError('blocked', `${agent} is no longer ${from}. Look again, then ask again.`);
  },
});

const MAY: Readonly<Record<Maturity, readonly string[]>> = {
  student: [],
  intern: ['say things by itself, and change things once you said yes'],
  supervised: ['change things in its jails without asking you'],
  autonomous: [
    'change things in its jails without asking you',
    'destroy, spend or trust where you gave a standing approval',
  ],
};

const LIST = { next: ['See which there are:   atom agents list'] };

/** Throws AtomError `credentials` where the owner has no second factor. */
export async function requireFactor({
  secondFactor,
}: Pick<PromotionDeps, 'secondFactor'>): Promise<void> {
  if (await secondFactor()) return;
  throw new AtomError('credentials', 'Promoting needs a second factor.', {
    next: ['Enroll one:   atom 2fa enroll'],
  });
}

function parse(resource: Json): { readonly agent: string; readonly to: Maturity } {
  return readAs(resourceSchema, resource, 'That is no promotion');
}
