import { fingerprintOf } from '../../base/ed25519.ts';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Action } from '../../domain/action.ts';
import { scopeWords } from '../../domain/caller.ts';
import type { CardFacts } from '../../domain/card.ts';
import type { DeviceOwner, OwnedDevice } from '../../domain/owned-device.ts';
import { redeem } from '../../governance/grant.ts';
import type { DeviceRow } from '../../store/tables/devices.ts';
import { ownerOnly } from '../owner-only.ts';
import { type Admission, type Admitted, parseAdmission } from './admission.ts';

export interface AdmitDeps {
  readonly find: (id: string) => Promise<DeviceRow | undefined>;
  /** Does it, and puts it on record. */
  readonly admit: (wish: Admission) => Promise<Admitted>;
  /** True while that user is known as that. */
  readonly isVouched: (owner: DeviceOwner) => boolean;
  /** One was let in as somebody's. */
  readonly onOwned: (device: OwnedDevice) => void;
}

/**
 * The action `device.admit`: lets a device or a program in, or gives one that is known more. Its result
 * is `{device}`, the id. Atom asks it for a device that waits, and the owner for a program; agents never.
 */
export const createDeviceAdmit = ({ find, admit, ...owners }: AdmitDeps): Action => ({
  name: 'device.admit',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'lets a device in');
    const wish = parseAdmission(resource);
    requireVouched(wish, owners);
    return {
      resource: plain(wish),
      facts: await factsOf(wish, find),
      declared: { complexity: 4, why: 'lets somebody in from outside of this machine' },
      card: cardOf(wish),
    };
  },
  execute: async (grant) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind === 'agent')
      throw new AtomError('blocked', 'Only the owner lets a device in.');
    const wish = parseAdmission(prepared.resource);
    const owner = requireVouched(wish, owners);
    const admitted = await admit(wish);
    if (owner) owners.onOwned({ ...admitted, user: owner.user, identity: owner.identity });
    return { ...admitted };
  },
});

/** Whose it is to be, if anybody's. Throws AtomError `blocked` where they are not known any more as what it was asked for. */
function requireVouched(
  wish: Admission,
  { isVouched }: Pick<AdmitDeps, 'isVouched'>,
): DeviceOwner | undefined {
  const owner = wish.kind === 'device' ? wish.owner : undefined;
  if (!owner || isVouched(owner)) return owner;
  throw new AtomError('blocked', `${owner.user} is not known as ${owner.words} any more.`);
}

/** What it has now, where it is known: a yes to more is a yes to more than that. */
async function factsOf(wish: Admission, find: AdmitDeps['find']): Promise<Json> {
  if (wish.kind !== 'scopes') return {};
  const row = await find(wish.device);
  if (row && row.revokedAt === undefined) return { has: [...row.scopes] };
  throw new AtomError('blocked', `There is no device ${wish.device} any more.`);
}

function cardOf(wish: Admission): CardFacts {
  const facts = { kind: 'trust', may: scopeWords(wish.scopes) } as const;
  if (wish.kind === 'program')
    return { ...facts, words: [`make a token for the program “${wish.name}”`], undo: REVOKE };
  if (wish.kind === 'scopes')
    return {
      ...facts,
      words: [`let ${wish.device} “${wish.name}” do more than it may now`],
      undo: `atom devices revoke ${wish.device} takes its key away`,
    };
  const { digits, name, owner } = wish;
  const whose = owner ? `, as one of ${owner.user}’s` : '';
  const detail = [
    `Say yes only where the device shows the same digits: ${digits}`,
    `Its key: ${fingerprintOf(wish.publicKey)}`,
    ...(owner ? [`It brought a token of ${owner.user}, known as ${owner.words}`] : []),
  ];
  return {
    ...facts,
    words: [`let in the device that shows ${digits} and calls itself “${name}”${whose}`],
    undo: REVOKE,
    detail: detail.join('\n'),
  };
}

const REVOKE = 'atom devices revoke takes its key away';

const plain = (wish: Admission): Json => ({ ...wish, scopes: [...wish.scopes] });
