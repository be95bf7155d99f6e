import { AtomError } from '../base/errors.ts';
import type { Approval } from '../domain/approval.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Role } from '../domain/role.ts';
import { personOf } from '../domain/sender.ts';
import type { Sql, Store } from '../domain/store.ts';
import { pendingApprovals } from '../store/tables/approvals.ts';
import { laneDepth } from '../store/tables/lanes.ts';
import { noteHeard } from '../store/tables/senders.ts';
import { spoolEvent, waitingInShare } from '../store/tables/spool.ts';
import type { Backlog } from './backlog.ts';

/** Which conversation a message is for, by its session's key, and who its sender is here. */
export interface Heard {
  readonly session: string;
  readonly role: Role;
}

/** A message that is kept now, how many wait in its session with it, and what the owner is being asked. */
export interface Kept {
  readonly waiting: number;
  readonly asked: readonly Approval[];
}

/**
 * Keeps a message, with all that decides whether it is: durable once it resolves. Rejects with AtomError
 * where it could not be kept, `unavailable` where no more is taken in.
 */
export type Keep = (message: Message) => Promise<Kept | 'known' | 'no room'>;

/** What keeps messages, and tells their senders how many wait. */
export interface Keeping {
  readonly keep: Keep;
  readonly backlog: Pick<Backlog, 'words' | 'fullWords'>;
}

type Message = Heard & { readonly event: InboundEvent };

/** As `Keep` has it; what it rejects with for want of room is a value here. */
type Outcome = Kept | 'known' | 'no room' | AtomError;

interface KeepDeps {
  readonly store: Store;
  readonly backlog: Pick<Backlog, 'whyFull' | 'hasRoomForOthers'>;
  /** Has whatever waits looked at. */
  readonly wake: () => void;
}

/** Messages that were not begun with when another came. */
interface Together {
  readonly messages: Message[];
  /** Undefined where the piece of work broke. */
  readonly outcomes: Promise<ReadonlyMap<Message, Outcome> | undefined>;
}

/**
 * Messages that come at the same time are kept by one piece of work, which looks once at what is the same for
 * them all; where that breaks, whichever of them broke it, each is kept by itself.
 */
export function createKeep(deps: KeepDeps): Keep {
  const { store } = deps;
  let open: Together | undefined;
  const begin = (): Together => {
    const messages: Message[] = [];
    const shut = (): void => {
      if (open?.messages === messages) open = undefined;
    };
    const outcomes = store.tx((sql) => {
      shut();
      return keepAll(deps, sql, messages);
    });
    return { messages, outcomes: outcomes.finally(shut).catch(() => undefined) };
  };
  const alone = (message: Message): Promise<Outcome> =>
    store.tx(async (sql) => {
      await noteSenders(sql, [message]);
      return keepOne(deps, sql, { message, asked: await pendingApprovals(sql) });
    });
  return async (message) => {
    open ??= begin();
    const { messages, outcomes } = open;
    messages.push(message);
    const told = (await outcomes)?.get(message);
    const outcome = told ?? (await alone(message));
    if (outcome instanceof AtomError) throw outcome;
    // A commit that nobody knows the end of may stand after all, and then nobody was told of what it kept.
    if (told === undefined && outcome === 'known') deps.wake();
    return outcome;
  };
}

async function keepAll(
  deps: KeepDeps,
  sql: Sql,
  messages: readonly Message[],
): Promise<ReadonlyMap<Message, Outcome>> {
  const asked = await pendingApprovals(sql);
  const outcomes = new Map<Message, Outcome>();
  for (const message of messages)
    outcomes.set(message, await keepOne(deps, sql, { message, asked }));
  await noteSenders(sql, messages);
  return outcomes;
}

/** Once for each sender, however much they said; of those whose message was not kept, as well. */
async function noteSenders(sql: Sql, messages: readonly Message[]): Promise<void> {
  const latest = new Map(
    messages.map(({ event }) => [Object.values(personOf(event)).join('\0'), event]),
  );
  for (const event of latest.values()) await noteHeard(sql, personOf(event), event.at);
}

async function keepOne(
  { backlog }: KeepDeps,
  sql: Sql,
  { message, asked }: { readonly message: Message; readonly asked: readonly Approval[] },
): Promise<Outcome> {
  const { event, session, role } = message;
  const own = await laneDepth(sql, 'in', session);
  const full = role === 'owner' ? await backlog.whyFull(sql) : undefined;
  if (full) return full;
  if (role !== 'owner') {
    // Whoever may begin as many conversations as they like, by threads, has one share in all of them. What the
    // account was set up for does not: a program posts for many, and an agent elsewhere has few conversations.
    const theirs = Math.max(own, await waitingInShare(sql, event));
    if (!(await backlog.hasRoomForOthers(sql, session, theirs))) return 'no room';
  }
  if (!(await spoolEvent(sql, event, session))) return 'known';
  return { waiting: own + 1, asked };
}
