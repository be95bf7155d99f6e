import type { TranscriptDoor } from '../agent/transcript-door.ts';
import type { Clock } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import type { Fence } from '../domain/fence.ts';
import type { Session } from '../domain/session.ts';
import type { Sql } from '../domain/store.ts';
import type { Draft } from '../domain/unwritten.ts';
import { sessionById } from '../store/tables/sessions.ts';
import { keepSummary } from '../store/tables/talks.ts';
import { appendItem } from '../store/tables/transcript.ts';
import type { Records } from './record.ts';

interface TranscriptDeps extends Pick<Records, 'store' | 'conversations'> {
  readonly clock: Clock;
}

interface Place {
  readonly session: Session;
  readonly stillMine: Fence;
  readonly draft: Draft;
}

/** Where one turn reads and writes its conversation: only while it is its own, and in the order in which it was said. */
export function transcriptOf(
  { store, conversations, clock }: TranscriptDeps,
  { session, stillMine, draft }: Place,
): TranscriptDoor {
  const put = (sql: Sql, entry: Parameters<TranscriptDoor['append']>[0]): Promise<number> =>
    appendItem(sql, { ...entry, talk: session.talk, at: clock.now() });
  const write = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const value = await store.tx(async (sql) => {
      // What somebody writes who slept through its lease would be taken for the next holder's own.
      if (!(await stillMine(sql)))
        throw new AtomError('failed', 'The lease ran out while the turn ran.');
      await draft.put(sql);
      return work(sql);
    });
    draft.stands();
    return value;
  };
  return {
    load: conversations.read,
    append: async (entry) => void (await write((sql) => put(sql, entry))),
    later: async (entry) => draft.say({ ...entry, at: clock.now() }),
    // What was said before comes first: where that is yet to be written, this is written with it.
    appendIn: async (sql, entry) =>
      !draft.left() && (await stillMine(sql)) && (await put(sql, entry)) > 0,
    goesOn: async () => (await sessionById(store, session.id))?.talk === session.talk,
    sumUp: (entry) => write((sql) => keepSummary(sql, { ...entry, at: clock.now() })),
  };
}
