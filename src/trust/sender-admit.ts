import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import type { Pairing } from '../domain/pairing.ts';
import { outranks, type Role, roles } from '../domain/role.ts';
import { type Candidate, claimOf, type Person, type Sender } from '../domain/sender.ts';
import type { Sql } from '../domain/store.ts';
import type { User } from '../domain/user.ts';
import { redeem } from '../governance/grant.ts';
import type { People } from '../governance/people/people.ts';
import { ownerOnly } from './owner-only.ts';

export interface AdmitDeps {
  /** So many people may have agents work, the owner among them. */
  readonly mostPeople: number;
  readonly people: Pick<People, 'list' | 'admit'>;
  /** Whose account that is, and whom there are of those who have several. */
  readonly users: {
    at(who: Pick<Person, 'channel' | 'id'>): User | undefined;
    list(): readonly User[];
  };
  readonly pairing: {
    find(ref: string): Promise<Pairing | undefined>;
    end(sql: Sql, pairing: Pairing, state: 'done'): Promise<boolean>;
  };
}

const text = z.string().min(1).max(256);
const resourceSchema = z.strictObject({
  /** Id of the pairing that the owner confirms; else somebody who is known already and may do more. */
  pairing: text.optional(),
  sender: z.strictObject({ channel: text, account: text, id: text }).optional(),
  role: z.enum(roles),
  /** Who decides, and where. */
  by: z.strictObject({ surface: text, id: text }),
});
type Wish = z.output<typeof resourceSchema>;

/**
 * The action `sender.admit`: `{pairing | sender, role, by}`, from now on somebody may talk to atom, as that.
 * Its result is the sender. Only the owner may ask for it; an owner is made at the terminal and nowhere
 * else, the first one too. Throws AtomError `blocked` where it is not, `not-found` where nobody waits.
 */
export const createSenderAdmit = (deps: AdmitDeps): Action => ({
  name: 'sender.admit',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'says who may talk to it');
    const wish = parse(resource);
    requireTerminal(wish);
    const { candidate } = await lookUp(deps, wish);
    requireRoom(deps, wish, candidate);
    const { channel, account, id, name, how } = candidate;
    return {
      resource: plain(wish),
      facts: { channel, account, id, name: name ?? null, how },
      declared: DECLARED[wish.role],
      card: {
        kind: 'trust',
        words: [`let ${personWords(candidate)} talk to atom as ${wish.role}`],
        may: MAY[wish.role],
        undo: 'atom senders revoke takes it back at once',
      },
    };
  },
  execute: async (grant) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind !== 'owner')
      throw new AtomError('blocked', 'Only the owner says who may talk to it.');
    const wish = parse(prepared.resource);
    requireTerminal(wish);
    const { candidate, pairing } = await lookUp(deps, wish);
    requireRoom(deps, wish, candidate);
    const given = { role: wish.role, by: `${wish.by.surface}/${wish.by.id}` };
    const sender = await deps.people.admit(candidate, given, async (sql) => {
      if (pairing && !(await deps.pairing.end(sql, pairing, 'done'))) throw gone();
    });
    return { ...sender };
  },
});

const DECLARED = {
  guest: { complexity: 3, why: 'lets somebody talk to your agent' },
  member: { complexity: 4, why: 'lets somebody else have your agent work' },
  owner: { complexity: 4, why: 'lets somebody decide in your place' },
} as const;

const MAY: Readonly<Record<Role, readonly string[]>> = {
  guest: ['chat with the agent, and nothing else'],
  member: ['ask the agent to work; you are asked before anything is done', 'stop everything'],
  owner: ['approve commands, and everything else that you may'],
};

const personWords = ({ channel, id, ...claimed }: Candidate): string =>
  `${channel} user ${id}${claimOf(claimed)}`;

function requireTerminal({ role, by }: Wish): void {
  if (role !== 'owner' || by.surface === 'terminal') return;
  throw new AtomError('blocked', 'An owner is made at the terminal, and nowhere else.', {
    next: ['There:   atom senders list'],
  });
}

/** A member is counted once where they have a user, else each account of theirs; owners are one. */
function requireRoom(
  { people, users, mostPeople }: AdmitDeps,
  { role }: Wish,
  candidate: Person,
): void {
  if (role !== 'member' || users.at(candidate)) return;
  const members = people
    .list()
    .filter(({ role, state }) => role === 'member' && state === 'active')
    .filter((one) => !isSame(one, candidate) && !users.at(one));
  const named = users.list().filter(({ role }) => role === 'member');
  if (members.length + named.length + 1 < mostPeople) return;
  throw new AtomError(
    'blocked',
    `This edition has room for ${mostPeople} people, and they are there.`,
    {
      next: ['See who:   atom senders list', 'See what the edition is:   atom edition'],
    },
  );
}

async function lookUp(
  { people, pairing }: AdmitDeps,
  wish: Wish,
): Promise<{ readonly candidate: Candidate; readonly pairing?: Pairing }> {
  if (wish.pairing !== undefined) {
    const found = await pairing.find(wish.pairing);
    if (!found?.who) throw gone();
    const { who, name, peer, kind: how } = found;
    const claimed = {
      ...(name === undefined ? {} : { name }),
      ...(peer === undefined ? {} : { peer }),
    };
    return { candidate: { ...who, ...claimed, how }, pairing: found };
  }
  const sender = people.list().find((one) => wish.sender && isSame(one, wish.sender));
  if (sender?.state !== 'active' || !outranks(wish.role, sender.role)) throw gone();
  return { candidate: sender };
}

const isSame = (one: Sender, other: Person): boolean =>
  one.channel === other.channel && one.account === other.account && one.id === other.id;

const gone = (): AtomError =>
  new AtomError('not-found', 'Nobody waits to be let in by that name (any more).', {
    next: ['See who does:   atom senders list'],
  });

const plain = ({ pairing, sender, role, by }: Wish): Json => ({
  ...(pairing === undefined ? {} : { pairing }),
  ...(sender === undefined ? {} : { sender: { ...sender } }),
  role,
  by: { ...by },
});

function parse(resource: Json): Wish {
  return readAs(resourceSchema, resource, 'That lets nobody in');
}
