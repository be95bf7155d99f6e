import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import {
  lifetimes,
  lifetimeWords,
  type Offer,
  offerLine,
  offerScope,
} from '../domain/standing-approval.ts';
import { redeem } from '../governance/grant.ts';
import { whyNotOffered } from '../governance/standing/offers.ts';
import type { Standing } from '../governance/standing/standing.ts';
import { ownerOnly } from './owner-only.ts';

const text = z.string().min(1);
const offerSchema = z.strictObject({
  agent: text,
  action: z.literal('shell.exec'),
  jail: text,
  access: text,
  folder: text,
  sender: text,
  program: text,
  words: z.array(z.string()).min(1),
  extent: z.enum(['exact', 'prefix']),
});
const resourceSchema = z.strictObject({
  offer: offerSchema,
  lifetime: z.enum(['1h', '30d']),
  /** `surface/id` of who gives it. */
  by: text,
});

/**
 * The action `standing.give`: `{offer, lifetime, by}`, from now on a yes to exactly what the offer says.
 * Its result is the standing approval. Only the owner may ask for it.
 */
export const createStandingGive = ({ give }: Pick<Standing, 'give'>): Action => ({
  name: 'standing.give',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'gives a standing approval');
    const { offer, lifetime, by } = parse(resource);
    const why = whyNotOffered(offer);
    if (why !== undefined)
      throw new AtomError('blocked', `This is asked about every time, because ${why}.`);
    return {
      resource: { offer: { ...offer, words: [...offer.words] }, lifetime, by },
      facts: {},
      declared: { complexity: 4, why: 'lets this pass from now on without being asked' },
      jail: offer.jail,
      card: {
        kind: 'trust',
        words: [`always allow for ${lifetimeWords[lifetime]}: ${offerLine(offer)}`],
        program: offer.program,
        folder: offer.folder,
        jail: offer.access,
        may: ['let the agent run exactly this without asking', ...offerScope(offer)],
        undo: 'atom rules remove takes it back',
      },
    };
  },
  execute: async (grant) => {
    const { offer, lifetime, by } = parse(redeem(grant).prepared.resource);
    const given = await give(offer, { lifetimeMs: lifetimes[lifetime], by });
    return { ...given, words: [...given.words] };
  },
});

function parse(resource: Json): {
  readonly offer: Offer;
  readonly lifetime: keyof typeof lifetimes;
  readonly by: string;
} {
  return readAs(resourceSchema, resource, 'That is no standing approval');
}
