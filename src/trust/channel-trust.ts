import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { visible } from '../base/visible.ts';
import type { Action } from '../domain/action.ts';
import type { OwnChannelPlan } from '../domain/own-channel.ts';
import { redeem } from '../governance/grant.ts';
import { ownerOnly } from './owner-only.ts';

/** What is asked of the owner's own channels. */
export interface ChannelTrustDeps {
  plan(channel: string, signal: AbortSignal): Promise<OwnChannelPlan>;
  approve(order: ChannelOrder, signal: AbortSignal): Promise<void>;
}

const orderSchema = z.strictObject({
  channel: z.string().min(1).max(32),
  /** Digest of what the owner was shown. */
  digest: z.string().length(64),
  /** `surface/id` of the owner who approves it. */
  by: z.string().min(1).max(200),
});

export type ChannelOrder = z.output<typeof orderSchema>;

/** Compiling and describing it, on a slow machine. */
const LOOK_MS = 60_000;

/**
 * The action `channel.trust`: `{channel, digest, by}`, from now on exactly what has this digest is run as a
 * channel. Complexity 4. Only the owner may ask.
 */
export const createChannelTrust = (deps: ChannelTrustDeps): Action => ({
  name: 'channel.trust',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'approves channels');
    const order = parse(resource);
    const { channel, digest } = order;
    const plan = await deps.plan(channel, AbortSignal.timeout(LOOK_MS));
    if (plan.digest !== digest)
      throw new AtomError('blocked', `${channel} changed since it was shown. Look again.`, {
        next: [`atom channels add ${channel}`],
      });
    return {
      resource: { ...order },
      facts: { digest },
      declared: { complexity: 4, why: 'lets a module carry messages' },
      card: {
        kind: 'trust',
        words: [`approve the channel ${channel}`],
        may: plan.may,
        undo: `atom channels remove ${channel}`,
        detail: plan.files.map(({ path, bytes }) => `${visible(path)} (${bytes} bytes)`).join('\n'),
      },
    };
  },
  execute: async (grant, signal) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind !== 'owner')
      throw new AtomError('blocked', 'Only the owner approves channels.');
    const order = parse(prepared.resource);
    await deps.approve(order, signal);
    return { channel: order.channel, digest: order.digest };
  },
});

function parse(resource: Json): ChannelOrder {
  return readAs(orderSchema, resource, 'That approves no channel');
}
