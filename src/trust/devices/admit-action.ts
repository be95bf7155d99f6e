import { fingerprintOf } from '../../base/ed25519.ts';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Action } from '../../domain/action.ts';
import { scopeWords } from '../../domain/caller.ts';
import type { CardFacts } from '../../domain/card.ts';
import { redeem } from '../../governance/grant.ts';
import type { DeviceRow } from '../../store/tables/devices.ts';
import { ownerOnly } from '../owner-only.ts';
import { type Admission, type Admitted, parseAdmission } from './admission.ts';

export interface AdmitDeps {
  readonly find: (id: string) => Promise<DeviceRow | undefined>;
  /** Does it, and puts it on record. */
  readonly admit: (wish: Admission) => Promise<Admitted>;
}

/**
 * The action `device.admit`: lets a device or a program in, or gives one that is known more. Its result
 * is `{device}`, the id. Atom asks it for a device that waits, and the owner for a program; agents never.
 */
export const createDeviceAdmit = ({ find, admit }: AdmitDeps): Action => ({
  name: 'device.admit',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'lets a device in');
    const wish = parseAdmission(resource);
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
    return { ...(await admit(parseAdmission(prepared.resource))) };
  },
});

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
  return {
    ...facts,
    words: [`let in the device that shows ${wish.digits} and calls itself “${wish.name}”`],
    undo: REVOKE,
    detail: `Say yes only where the device shows the same digits: ${wish.digits}\nIts key: ${fingerprintOf(wish.publicKey)}`,
  };
}

const REVOKE = 'atom devices revoke takes its key away';

const plain = (wish: Admission): Json => ({ ...wish, scopes: [...wish.scopes] });
