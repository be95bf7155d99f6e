import type { OwnerProof } from '../../assembly/owner-acts.ts';
import { offerFor, pairable } from '../../assembly/pairing-links.ts';
import { viewOf } from '../../assembly/people-desk.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { listedIn } from '../../config/listed.ts';
import type { Decider } from '../../domain/approval.ts';
import type { Caller } from '../../domain/caller.ts';
import type { PairableChannel } from '../../protocol/people-methods.ts';
import type { Methods } from '../kernel.ts';

type Names = Extract<keyof Methods, `pair.${string}` | `senders.${string}`>;

/** Who may talk to atom. Whoever reaches this socket is the owner; more trust may take a second factor besides. */
export const peopleMethods = (atom: Atom): Pick<Methods, Names> => {
  const { people, records, options } = atom;
  return {
    'pair.channels': async () => ({ channels: pairable(atom.channels) }),
    'pair.begin': async ({ channel, role }) => {
      const identity = identityOn(pairable(atom.channels), channel);
      const { pairing, ...secrets } = await records.pairing.begin({ channel, role });
      const offer = offerFor(channel, { identity, ...secrets });
      return { pairing: viewOf(pairing, records.steady.now()), identity, ...offer };
    },
    'pair.show': async ({ id }) => {
      const pairing = await people.show(id);
      return pairing ? { pairing } : {};
    },
    'pair.cancel': async ({ id }) => {
      const isOpen = (await people.show(id)) !== undefined;
      if (isOpen) await people.end(id, 'cancelled');
      return { cancelled: isOpen };
    },
    'senders.list': async () => ({
      senders: records.people.list(),
      waiting: await people.waiting(),
      listed: Object.fromEntries(
        [...listedIn(options.config.channels)].map(([name, ids]) => [
          name,
          [...ids].filter(([, role]) => role === 'owner').map(([id]) => id),
        ]),
      ),
      secondFactor: await records.factor.enrolled(),
    }),
    'senders.approve': async ({ ref, role, code }, caller) => ({
      sender: await people.approve(ref, role, proofOf(caller, code)),
    }),
    'senders.deny': async ({ ref }) => ({ denied: await people.end(ref, 'refused') }),
    'senders.block': async ({ who }, caller) => ({ sender: await people.block(who, byOf(caller)) }),
    'senders.revoke': async ({ who }, caller) => ({
      sender: await people.revoke(who, byOf(caller)),
    }),
    'senders.role': ({ who, role, code }, caller) => people.role(who, role, proofOf(caller, code)),
  };
};

/** Who decides, and where: an owner is made at the terminal only. */
const byOf = ({ surface, id }: Caller): Decider => ({ surface, id });

const proofOf = (caller: Caller, code: string | undefined): OwnerProof => ({
  by: byOf(caller),
  ...(code === undefined ? {} : { code }),
});

/** Who we are on a channel. Throws AtomError `unavailable` with the next step where it cannot be paired now. */
function identityOn(all: readonly PairableChannel[], wanted: string): string {
  const found = all.find(({ channel }) => channel === wanted);
  if (found?.identity !== undefined) return found.identity;
  const there = all.map(({ channel }) => `atom pair ${channel}`);
  if (!found)
    throw new AtomError('unavailable', `${wanted} cannot be paired yet.`, {
      next: [`What can be:   ${there.join(', ')}`],
    });
  throw new AtomError('unavailable', `${found.label} cannot be paired: ${found.why}.`, {
    next: [
      'See how it is doing:   atom channels list',
      `Set it up:   atom channels add ${wanted}   (then atom stop and atom start)`,
    ],
  });
}
