import { cutMiddle } from '../base/cut-middle.ts';
import { AtomError, asAtomError } from '../base/errors.ts';
import { keptOf } from '../domain/kept-words.ts';
import {
  cleanLabels,
  isGuarded,
  joinLabels,
  type Labels,
  type Sourced,
  sourceText,
} from '../domain/label.ts';
import type { Summary, TranscriptEntry, TranscriptItem } from '../domain/session.ts';
import { summaryEvent } from '../domain/summary-event.ts';
import type { Room } from './planner.ts';
import type { Taken } from './turn-deps.ts';

/** What is summed up, by whom, and what for. */
export interface Compaction {
  readonly room: Room;
  /** The older part: whole turns, as they are told now. */
  readonly covered: readonly TranscriptEntry[];
  readonly focus?: string;
  /** More that the owner wants kept word for word. */
  readonly pins?: readonly string[];
}

/**
 * Puts a summary in the place of the older part of a conversation, which stays in the transcript. It is as
 * bad as the worst of what it covers. Where no model can sum up, excerpts take its place: a turn is never
 * lost for that. Undefined where something else took the place meanwhile, or the turn was stopped.
 */
export async function compact(turn: Taken, wish: Compaction): Promise<Summary | undefined> {
  const { deps, input, signal } = turn;
  const { room, covered, focus, pins = [] } = wish;
  const items = covered.map(({ item }) => item);
  const through = Math.max(
    ...covered.flatMap(({ seq, item }) => (item.role === 'summary' ? [] : [seq])),
  );
  const question = { session: input.session.id, event: input.event.id, through, items };
  const told = await room
    .sumUp({ ...question, ...(focus === undefined ? {} : { focus }) }, signal)
    .then((text) => ({ text }), asAtomError);
  if (signal.aborted) return undefined;
  const summary: Summary = {
    role: 'summary',
    ...(told instanceof AtomError ? { text: excerptsOf(items), excerpts: told.message } : told),
    ...keptOf(covered, pins),
    through,
    covers: items.length,
    tokens: room.guess(items),
    during: input.event.id,
  };
  if (told instanceof AtomError) deps.log.warn(`Nothing was summed up: ${told.message}`);
  const event = summaryEvent(input.event.id);
  const entry = { session: input.session.id, event, ...labelOf(covered), item: summary };
  return (await deps.transcript.sumUp(entry)) ? summary : undefined;
}

/** The join of all that it covers: nothing gets cleaner by being told in other words. */
function labelOf(covered: readonly TranscriptEntry[]): Sourced {
  const labels = covered.reduce<Labels>((all, entry) => joinLabels(all, entry.labels), cleanLabels);
  if (!isGuarded(labels)) return { labels };
  const sources = covered.flatMap((one) =>
    isGuarded(one.labels) && one.source ? [one.source] : [],
  );
  return { labels, source: sourceText([...new Set(sources)].join(', ') || 'what was said before') };
}

const MOST_EXCERPTS = 6000;
const MOST_OF_EACH = 300;

/** What was said, each thing in a few words, the newest last; what came of calls is left out. */
function excerptsOf(items: readonly TranscriptItem[]): string {
  const lines = items.flatMap((item) => {
    if (item.role === 'user') return [`Owner's side: ${cutMiddle(item.text, MOST_OF_EACH)}`];
    if (item.role === 'summary') return [item.text];
    return item.role === 'assistant' && item.text !== ''
      ? [`Agent: ${cutMiddle(item.text, MOST_OF_EACH)}`]
      : [];
  });
  return cutMiddle(lines.join('\n'), MOST_EXCERPTS);
}
