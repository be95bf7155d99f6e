import type { Clock } from '../../base/clock.ts';
import type { Bus } from '../../bus/bus.ts';
import type { Approval, Decider } from '../../domain/approval.ts';
import type { Role } from '../../domain/role.ts';
import type { Candidate, Person, Sender, SenderChange } from '../../domain/sender.ts';
import type { Sql, Store } from '../../domain/store.ts';
import { allSenders, deleteSender, putSender } from '../../store/tables/senders.ts';
import type { Approvals } from '../approvals/approvals.ts';
import type { Audit } from '../audit/append.ts';
import { nameOf } from './guessing.ts';
import { senderOf } from './sender-of.ts';
import { requireUnlisted, voidAllOf } from './tighten.ts';

export interface PeopleDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly approvals: Pick<Approvals, 'denied'>;
  /** Fixed ids that the owner wrote into the settings, and their roles, whatever else is known of them. */
  readonly listed: (channel: string) => ReadonlyMap<string, Role>;
}

/** Who may talk to atom, and as what. Answers from memory: every message and every action asks. */
export interface People {
  /** Undefined for strangers and for whoever is blocked. */
  roleOf(who: Person): Role | undefined;
  isBlocked(who: Person): boolean;
  list(): readonly Sender[];
  /**
   * Lets somebody in, within one transaction with `also`. Only the action `sender.admit` calls this: the
   * governor let it pass.
   */
  admit(
    candidate: Candidate,
    given: { readonly role: Role; readonly by: string },
    also: (sql: Sql) => Promise<void>,
  ): Promise<Sender>;
  /** These take something away, at once and with all that hangs on it. */
  lower(sender: Sender, role: Role, by: Decider): Promise<Sender>;
  block(candidate: Candidate, by: Decider): Promise<Sender>;
  revoke(sender: Sender, by: Decider): Promise<void>;
  /** Ends every yes that stands for some, and denies what was asked for them. */
  takeBack(who: readonly Pick<Person, 'channel' | 'id'>[], by: Decider): Promise<void>;
}

/** Takes up who was let in before. */
export async function openPeople(deps: PeopleDeps): Promise<People> {
  const { store, audit, bus, clock, approvals, listed } = deps;
  let known = await knownIn(store);
  const find = (who: Person): Sender | undefined => known.get(nameOf(who));
  const changed = async (change: SenderChange): Promise<Sender> => {
    known = await knownIn(store);
    bus.tell('sender.changed', change);
    return change.sender;
  };
  const tighten = async (
    change: SenderChange,
    by: Decider,
    write: (sql: Sql) => Promise<unknown>,
  ): Promise<Sender> => {
    const { channel, account, id, role, handle } = change.sender;
    requireUnlisted(listed(channel), change.sender);
    // Nobody waits for a disk before they are no longer heard.
    known.delete(nameOf(change.sender));
    const denied = await store.tx(async (sql) => {
      await write(sql);
      const body = { channel, account, sender: id, handle, role, by: { ...by } };
      await audit(sql, `sender.${change.kind}`, body);
      return voidAllOf({ audit, sql }, change.sender, { by, at: clock.now() });
    });
    approvals.denied(denied);
    return await changed(change);
  };
  return {
    roleOf: (who) => {
      if (who.channel === 'terminal') return 'owner';
      const role = listed(who.channel).get(who.id);
      if (role !== undefined) return role;
      const sender = find(who);
      return sender?.state === 'active' ? sender.role : undefined;
    },
    isBlocked: (who) => !listed(who.channel).has(who.id) && find(who)?.state === 'blocked',
    list: () => [...known.values()],
    admit: async (candidate, { role, by }, also) => {
      const before = find(candidate);
      const sender = await store.tx(async (sql) => {
        await also(sql);
        const made = senderOf(candidate, await allSenders(sql), { role, by, now: clock.now() });
        await putSender(sql, made);
        const { channel, account, id, handle, how } = made;
        await audit(sql, 'sender.admitted', {
          channel,
          account,
          sender: id,
          handle,
          role,
          how,
          by,
        });
        return made;
      });
      const wasHere = before?.state === 'active';
      return changed({ kind: wasHere ? 'role' : 'admitted', sender });
    },
    lower: (sender, role, by) => {
      const lowered = { ...sender, role };
      return tighten({ kind: 'role', sender: lowered }, by, (sql) => putSender(sql, lowered));
    },
    block: (candidate, by) => {
      const given = { role: 'guest', by: `${by.surface}/${by.id}`, now: clock.now() } as const;
      const made = senderOf({ ...candidate, how: 'blocked' }, [...known.values()], given);
      const blocked = { ...made, state: 'blocked' } as const;
      return tighten({ kind: 'blocked', sender: blocked }, by, (sql) => putSender(sql, blocked));
    },
    takeBack: async (who, by) => {
      const denied = await store.tx(async (sql) => {
        const all: Approval[] = [];
        for (const one of who)
          all.push(...(await voidAllOf({ audit, sql }, one, { by, at: clock.now() })));
        return all;
      });
      approvals.denied(denied);
    },
    revoke: async (sender, by) => {
      await tighten({ kind: 'revoked', sender }, by, (sql) => deleteSender(sql, sender));
    },
  };
}

const knownIn = async (store: Store): Promise<Map<string, Sender>> =>
  new Map((await allSenders(store)).map((sender) => [nameOf(sender), sender]));
