import { AtomError, asAtomError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { redact } from '../base/redact.ts';
import type { Outcome, Perform } from '../domain/action.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Session } from '../domain/session.ts';
import type { Sql, Store } from '../domain/store.ts';
import type { Unwritten } from '../domain/unwritten.ts';
import { noteBroken } from '../store/tables/dead-letters.ts';
import { markHandled, PUT_ASIDE } from '../store/tables/spool.ts';
import type { Hold } from './hold.ts';

/** A message that stopped its turn this often, by whatever fault, is put aside and its sender told. */
export const MOST_ATTEMPTS = 5;

export interface EndingDeps {
  readonly store: Store;
  readonly log: Log;
  /** Tells a sender that a halt ended the turn of a message, which gets no other. */
  readonly onCut: (event: InboundEvent) => Promise<void>;
  /** As the agent of a session: its replies are its own actions. */
  readonly performFor: (session: Session) => Promise<Perform>;
}

/** A message whose turn this is. */
export interface Head {
  readonly event: InboundEvent;
  readonly session: Session;
  readonly hold: Hold;
  /** What its turn said and is yet to be written. */
  readonly said?: Unwritten;
}

/** What a turn came to. `kind` is kept with the events. */
export interface Result {
  readonly kind: string;
  readonly text: string;
  readonly format?: 'markdown';
  /** Ids of further messages that were taken into the turn. */
  readonly taken?: readonly string[];
}

/**
 * Answers the chat that the event came from; what its turn said is written with that, and it, and what was taken
 * into its turn, is handled with it.
 * A reply that was refused is not sent, but the messages have had their turn all the same. Resolves to how
 * many need no further turn. Throws AtomError where it could not be queued, or was cut off while somebody is
 * asked about it: then it may be tried again.
 */
export async function reply(
  deps: EndingDeps,
  head: Head,
  result: Result,
  cut: AbortSignal,
): Promise<number> {
  const { event, hold } = head;
  const taken = result.taken ?? [];
  const outcome = await queueReply(deps, head, result, cut);
  await writeSaid(deps.store, head);
  if (outcome.ok) return 1 + taken.length;
  if (outcome.reason === 'failed' || cut.aborted) throw new AtomError('failed', outcome.message);
  const refused = result.kind === PUT_ASIDE ? PUT_ASIDE : 'failed';
  const kind = outcome.reason === 'halted' ? 'stopped' : refused;
  const ended = kind === 'stopped' ? taken : [event.id, ...taken];
  const mine = await ifMine(deps.store, hold, async (sql) => {
    for (const id of ended) await markHandled(sql, id, kind);
  });
  if (!mine) return 0;
  if (kind === 'stopped') await deps.onCut(event);
  else deps.log.error(`the reply was not queued: ${outcome.message}`, { event: event.id });
  return 1 + taken.length;
}

async function queueReply(
  deps: EndingDeps,
  { event, session, hold, said }: Head,
  { kind, text, format, taken = [] }: Result,
  cut: AbortSignal,
): Promise<Outcome> {
  const perform = await deps.performFor(session);
  const intent = {
    id: `${event.id}:reply`,
    action: 'message.reply',
    resource: {
      event: event.id,
      session: session.id,
      text,
      result: kind,
      also: [...taken],
      ...(format && { format }),
    },
    context: { session: session.id, event: event.id },
  };
  return perform(intent, {
    signal: cut,
    stillMine: hold.stillMine,
    ...(said && { upfront: said }),
  });
}

/** What was not written with the reply, because there is none. */
async function writeSaid(store: Store, { hold, said }: Head): Promise<void> {
  if (said?.left() && (await ifMine(store, hold, said.put))) said.stands();
}

/** Writes where the lease still holds, and in one transaction with the look. False where it does not. */
export const ifMine = (
  store: Store,
  { stillMine }: Hold,
  write: (sql: Sql) => Promise<unknown>,
): Promise<boolean> =>
  store.tx(async (sql) => {
    if (!(await stillMine(sql))) return false;
    await write(sql);
    return true;
  });

/** Notes why a turn broke; it is taken again. */
export async function broke(
  { store, log }: EndingDeps,
  { event, hold }: Head,
  { attempts, error }: { readonly attempts: number; readonly error: unknown },
): Promise<void> {
  const { message } = asAtomError(error);
  log.error(`the turn broke: ${message}`, { event: event.id, attempts });
  await ifMine(store, hold, (sql) => noteBroken(sql, event.id, redact(message)));
}
