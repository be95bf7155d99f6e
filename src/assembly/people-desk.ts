import { AtomError } from '../base/errors.ts';
import type { Pairing } from '../domain/pairing.ts';
import { outranks, type Role } from '../domain/role.ts';
import { askerOf, type Person, type Sender } from '../domain/sender.ts';
import type { People } from '../governance/people/people.ts';
import type { PairingView } from '../protocol/people-methods.ts';
import type { Running } from '../sessions/running.ts';
import { wordForNo } from './not-done.ts';
import type { OwnerAct, OwnerProof } from './owner-acts.ts';
import type { Records } from './record.ts';
import { silence } from './silence.ts';

export interface DeskParts {
  readonly records: Records;
  readonly running: Pick<Running, 'stop'>;
  readonly ownerAct: OwnerAct;
}

/**
 * What the owner does about people. `who` is a handle, a fixed id or `channel/id`; `ref` a pairing's id, or
 * the code that a stranger was given. Throw AtomError `not-found` where there is nobody of that name.
 */
export interface PeopleDesk {
  waiting(): Promise<readonly PairingView[]>;
  show(ref: string): Promise<PairingView | undefined>;
  approve(ref: string, role: Role | undefined, proof: OwnerProof): Promise<Sender>;
  /** Ends what the owner began, or does not want. */
  end(ref: string, state: 'refused' | 'cancelled'): Promise<PairingView>;
  block(who: string, by: OwnerProof['by']): Promise<Sender>;
  revoke(who: string, by: OwnerProof['by']): Promise<Sender>;
  /** More is an act of trust; less needs nothing. */
  role(who: string, role: Role, proof: OwnerProof): Promise<{ sender: Sender; was: Role }>;
}

export function createPeopleDesk(parts: DeskParts): PeopleDesk {
  const { records, ownerAct } = parts;
  const { people, pairing, store, steady } = records;
  const admit = async (
    about: { readonly pairing: string } | { readonly sender: Person },
    role: Role,
    proof: OwnerProof,
  ): Promise<Sender> => {
    const named = 'sender' in about ? { sender: { ...about.sender } } : about;
    const resource = { ...named, role, by: { ...proof.by } };
    const outcome = await ownerAct({ action: 'sender.admit', resource }, proof);
    if (outcome.ok) return outcome.value as unknown as Sender;
    throw new AtomError(wordForNo(outcome), outcome.message);
  };
  const require = async (ref: string): Promise<Pairing> => {
    const found = await pairing.find(ref);
    if (found) return found;
    throw new AtomError('not-found', 'Nobody waits under that name or code.', {
      next: ['It may be used or too old. See who waits:   atom senders list'],
    });
  };
  const view = (one: Pairing): PairingView => viewOf(one, steady.now());
  return {
    waiting: async () => (await pairing.open()).map(view),
    show: async (ref) => {
      const found = await pairing.find(ref);
      return found && view(found);
    },
    approve: async (ref, role, proof) => {
      const { id, role: wanted } = await require(ref);
      return admit({ pairing: id }, role ?? wanted, proof);
    },
    end: async (ref, state) => {
      const found = await require(ref);
      const ended = { ...found, state };
      await store.tx((sql) => pairing.end(sql, found, state));
      records.bus.tell('pairing.changed', ended);
      return view(ended);
    },
    block: async (who, by) => {
      const known = findSender(people, who);
      const asking = known ? undefined : await waitingOf(parts, who);
      if (asking) await store.tx((sql) => pairing.end(sql, asking, 'refused'));
      const { name, peer } = asking ?? {};
      const claimed = {
        ...(name === undefined ? {} : { name }),
        ...(peer === undefined ? {} : { peer }),
      };
      const candidate =
        known ?? (asking?.who && { ...asking.who, ...claimed, how: 'blocked' as const });
      if (!candidate) throw nobody(who);
      const blocked = await people.block(candidate, by);
      await silence(parts, blocked);
      return blocked;
    },
    revoke: async (who, by) => {
      const sender = findSender(people, who);
      if (!sender) throw nobody(who);
      await people.revoke(sender, by);
      await silence(parts, sender);
      return sender;
    },
    role: async (who, role, proof) => {
      const sender = findSender(people, who);
      if (!sender || sender.state === 'blocked') throw nobody(who);
      if (sender.role === role)
        throw new AtomError('usage', `${sender.handle} is ${role} already.`);
      const { channel, account, id, role: was } = sender;
      const now = outranks(role, was)
        ? await admit({ sender: { channel, account, id } }, role, proof)
        : await people.lower(sender, role, proof.by);
      return { sender: now, was };
    },
  };
}

/** How long ago it was made and how long it holds, instead of moments of a clock that nobody else has. */
export const viewOf = ({ madeAt, expiresAt, ...pairing }: Pairing, now: number): PairingView => ({
  ...pairing,
  ageMs: now - madeAt,
  leftMs: Math.max(0, expiresAt - now),
});

/** Throws AtomError `usage` where several are called that. */
function findSender({ list }: Pick<People, 'list'>, who: string): Sender | undefined {
  const wanted = who.replace(/^@/, '').toLowerCase();
  const found = list().filter((one) =>
    [one.handle, one.id.toLowerCase(), askerOf(one).toLowerCase()].includes(wanted),
  );
  if (found.length < 2) return found[0];
  throw new AtomError('usage', `Several are called ${who}.`, {
    next: found.map((one) => `${one.handle}:   ${askerOf(one)}`),
  });
}

/** Who waits to be let in, by the pairing's id, their code or their fixed id. */
async function waitingOf({ records: { pairing } }: DeskParts, who: string) {
  const byRef = await pairing.find(who);
  if (byRef?.who) return byRef;
  const open = await pairing.open();
  return open.find((one) => one.who && [one.who.id, askerOf(one.who)].includes(who));
}

const nobody = (who: string): AtomError =>
  new AtomError('not-found', `Nobody is known here as ${who}.`, {
    next: ['See who is:   atom senders list'],
  });
