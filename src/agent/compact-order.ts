import type { InboundEvent } from '../domain/event.ts';
import { readCommand } from '../domain/read-command.ts';
import { isTheirOwn } from '../domain/sender.ts';
import type { Summary, TranscriptEntry } from '../domain/session.ts';
import { summaryEvent } from '../domain/summary-event.ts';
import { summaryWords } from '../domain/summary-words.ts';
import { compact } from './compact.ts';
import { PLAIN } from './hearing.ts';
import { beforeTurn } from './make-room.ts';
import type { Room } from './planner.ts';
import type { Taken } from './turn-deps.ts';

/** What somebody wants summed up who says so. */
export interface CompactOrder {
  readonly focus?: string;
  readonly keep?: string;
  /** Why it is not done, in words. */
  readonly refused?: string;
}

/**
 * `/compact`, by whoever may say it; undefined for every other message. Words passed on order nothing, and
 * what an agent worded for a later time is not the owner's.
 */
export function compactOrder(event: InboundEvent, isOwner: boolean): CompactOrder | undefined {
  const own = isOwner && event.via?.worded !== true;
  const reading = event.wordsOf === undefined ? readCommand(event.text) : undefined;
  if (reading?.kind !== 'command' || reading.command.name !== 'compact') return undefined;
  if (event.claimed === true || !(own || isTheirOwn(event)))
    return { refused: 'Only an owner of mine may do that here.' };
  const { focus, keep } = reading.args;
  // What is kept word for word is the owner's; from anybody else it is a wish like another.
  const wish = own ? keep : undefined;
  const about = focus ?? (own ? undefined : keep);
  return {
    ...(about === undefined ? {} : { focus: about }),
    ...(wish === undefined ? {} : { keep: wish }),
  };
}

/** Sums up what was said before, and says so. */
export async function obeyCompact(
  turn: Taken,
  {
    order,
    entries,
    room,
  }: {
    readonly order: CompactOrder;
    readonly entries: readonly TranscriptEntry[];
    readonly room: Room | undefined;
  },
): Promise<void> {
  const text = order.refused ?? (await compacted(turn, { order, entries, room }));
  if (turn.signal.aborted) return;
  await turn.append({ role: 'assistant', text, calls: [], final: true }, PLAIN);
}

async function compacted(
  turn: Taken,
  { order, entries, room }: Parameters<typeof obeyCompact>[1],
): Promise<string> {
  const { session, event } = turn.input;
  if (!room) return 'No model is connected, and I read one message at a time: nothing to sum up.';
  const mine = summaryEvent(event.id);
  const done = entries.find((entry) => entry.event === mine)?.item;
  // A crash came between the summary and the word of it.
  if (done?.role === 'summary') return doneWords(done);
  const covered = beforeTurn(entries, event.id);
  if (covered.length === 0) return 'There is nothing to sum up yet.';
  turn.deps.onState({ step: 'summing-up' }, session.id, event.id);
  const { focus, keep } = order;
  const summary = await compact(turn, {
    room,
    covered,
    pins: keep === undefined ? [] : [keep],
    ...(focus === undefined ? {} : { focus }),
  });
  return summary ? doneWords(summary) : 'The conversation changed meanwhile. Say it again.';
}

/** Why it could not be done is a provider's words, which the reply tells and the transcript does not. */
const doneWords = (summary: Summary): string =>
  summary.excerpts === undefined ? summaryWords(summary) : 'I could not sum it up.';
