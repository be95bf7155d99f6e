import type { InboundEvent } from '../domain/event.ts';
import type { Fence } from '../domain/fence.ts';
import type { Meanwhile } from '../domain/meanwhile.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import type { Draft } from '../domain/unwritten.ts';
import { uncountTry } from '../store/tables/spool.ts';
import { broke, type EndingDeps, type Head, ifMine, type Result, reply } from './ending.ts';
import type { Busy } from './meanwhile.ts';
import type { Running } from './running.ts';

export interface TakingDeps extends EndingDeps {
  readonly running: Running;
  readonly meanwhile: (busy: Busy) => Meanwhile;
  /** For what a turn of a session says. */
  readonly draft: (session: Session) => Draft;
  readonly turn: (input: TurnToTake, signal: AbortSignal) => Promise<Result>;
}

/** A message with all that its turn needs. Whatever the turn does and writes is `stillMine`, or is not done. */
export interface TurnToTake {
  readonly event: InboundEvent;
  readonly session: Session;
  readonly stillMine: Fence;
  readonly meanwhile: Meanwhile;
  /** What it says and leaves unwritten is written with its reply. */
  readonly draft: Draft;
}

/** Takes a message through its turn and answers it. Resolves to how many messages need no further turn. */
export async function takeTurn(deps: TakingDeps, head: Head, attempts: number): Promise<number> {
  const { event, session, hold } = head;
  const name = { key: session.key, event: event.id };
  const turn = deps.running.begin(name, hold.lost);
  const draft = deps.draft(session);
  try {
    const meanwhile = deps.meanwhile({ ...name, lastHeard: turn.lastHeard });
    const input = { event, session, stillMine: hold.stillMine, meanwhile, draft };
    const result = await deps.turn(input, turn.signal);
    // Stopped by the gateway's own end, not by a person: the turn goes on at the next start.
    if (turn.cut.aborted) return putOff(deps.store, head);
    return await reply(deps, { ...head, said: draft }, result, turn.cut);
  } catch (error) {
    if (turn.cut.aborted) return putOff(deps.store, head);
    await broke(deps, head, { attempts, error });
    return 0;
  } finally {
    draft.drop();
    turn.end();
  }
}

/** What was cut off from outside is no fault of the message’s; whoever lost the lease writes nothing. */
export async function putOff(store: Store, { event, hold }: Head): Promise<0> {
  await ifMine(store, hold, (sql) => uncountTry(sql, event.id));
  return 0;
}
