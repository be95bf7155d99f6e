import type { OwnerProof } from '../../assembly/owner-acts.ts';
import { offerFor, pairable } from '../../assembly/pairing-links.ts';
import { viewOf } from '../../assembly/people-desk.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { START_ANEW } from '../../base/hint.ts';
import { listedIn } from '../../config/listed.ts';
import type { Decider } from '../../domain/approval.ts';
import type { Caller } from '../../domain/caller.ts';
import { ownChannelName, ownFolderName } from '../../domain/own-channel.ts';
import type { Methods } from '../kernel.ts';

type Names = Extract<keyof Methods, `pair.${string}` | `senders.${string}`>;

/** Who may talk to atom. Whoever reaches this socket is the owner; more trust may take a second factor besides. */
export const peopleMethods = (atom: Atom): Pick<Methods, Names> => {
  const { people, records, options } = atom;
  return {
    'pair.channels': async () => ({ channels: pairable(atom.channels) }),
    'pair.begin': async ({ channel, role }) => {
      const identity = identityOn(atom, channel);
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
function identityOn({ channels }: Atom, wanted: string): string {
  const all = pairable(channels);
  const found = all.find(({ channel }) => channel === wanted);
  if (found?.identity !== undefined) return found.identity;
  if (!found) {
    if (channels.list().some(({ facts }) => facts.name === ownChannelName(wanted)))
      throw noLink(ownChannelName(wanted));
    const there = all.map(({ channel }) => channel);
    throw new AtomError('unavailable', `${wanted} cannot be paired.`, {
      next: [`What can be: ${there.join(', ')}`, 'Then:   atom pair <channel>'],
    });
  }
  throw new AtomError('unavailable', `${found.label} cannot be paired: ${found.why}.`, {
    next: [
      'See how it is doing:   atom channels list',
      `Set it up:   atom channels add ${wanted}`,
      `Then:   ${START_ANEW}`,
    ],
  });
}

/** Nobody but the module knows how a chat with it is opened. */
const noLink = (channel: string): AtomError =>
  new AtomError('unavailable', `${channel} is a channel of your own, and has no link to pair by.`, {
    next: [
      `Name who may write:   atom channels add ${ownFolderName(channel)} --allow <sender>`,
      'Or write there, and take in who you are by the code that you are sent:   atom senders approve <code>',
    ],
  });
