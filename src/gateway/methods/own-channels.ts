import { notDone } from '../../assembly/not-done.ts';
import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';
import { OWNER, proofOf } from './rules.ts';

type Names = Extract<keyof Methods, 'channels.look' | 'channels.trust' | 'channels.forget'>;

/** Compiling and describing it, on a slow machine. */
const LOOK_MS = 60_000;

/** Which channels of the owner's own are run. Whoever reaches this socket is the owner. */
export const ownChannelMethods = ({ ownChannels, ownerAct }: Atom): Pick<Methods, Names> => ({
  'channels.look': async ({ channel }) => ({
    plan: await ownChannels.plan(channel, AbortSignal.timeout(LOOK_MS)),
  }),
  'channels.trust': async ({ channel, digest, code }) => {
    const resource = { channel, digest, by: `${OWNER.surface}/${OWNER.id}` };
    const outcome = await ownerAct({ action: 'channel.trust', resource }, proofOf(code));
    if (outcome.ok) return { channel };
    throw notDone(outcome);
  },
  'channels.forget': async ({ channel }) => ({ forgotten: await ownChannels.forget(channel) }),
});
