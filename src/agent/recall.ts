import type { Json } from '../base/json.ts';
import { type Integrity, joinLabels } from '../domain/label.ts';
import type { TranscriptEntry, TranscriptItem } from '../domain/session.ts';
import { recalledText, rememberedShape } from './memory-text.ts';
import type { Taken } from './turn-deps.ts';

/** About 500 tokens. */
const MOST_TEXT = 2000;
const MOST_WORDS = 2000;

/**
 * Writes down, before a message, the few notes that it may be about. Nothing is among them that would make the
 * conversation worse than the message itself, of that `integrity`, does: what strangers once said is only counted, and read where
 * somebody asks for it. Refused or failed, the turn begins without.
 */
export async function recall(turn: Taken, integrity: Integrity): Promise<void> {
  const { deps, signal } = turn;
  const { event, session } = turn.input;
  if (event.text.trim() === '' || !(await deps.remembers?.(session))) return;
  const entries = await deps.transcript.load(session.id);
  // Cut off by a crash after this, the message is heard again.
  if (entries.some((entry) => entry.event === event.id && notesIn(entry).length > 0)) return;
  const resource: Json = {
    session: session.id,
    words: event.text.slice(0, MOST_WORDS).toWellFormed(),
    most: MOST_TEXT,
    best: integrity === 'untrusted' ? 'untrusted' : 'local',
    known: entries.flatMap(notesIn).slice(-1000),
  };
  const context = { session: session.id, event: event.id };
  const id = `${event.id}:recall`;
  const outcome = await deps.perform({ id, action: 'memory.read', resource, context }, { signal });
  if (!outcome.ok) return deps.log.info(`nothing is remembered: ${outcome.message}`);
  const remembered = rememberedShape.parse(outcome.value);
  const { notes, left } = remembered;
  const isTold = entries.some(({ item }) => item.role === 'note' && item.notes !== undefined);
  if (notes.length === 0 && (left === 0 || isTold)) return;
  const item: TranscriptItem = {
    role: 'note',
    text: recalledText(remembered),
    notes: notes.map(({ digest }) => digest),
  };
  const { from } = outcome;
  const labels = from ? joinLabels(remembered.labels, from.labels) : remembered.labels;
  await turn.append(
    item,
    from?.source === undefined ? { labels } : { labels, source: from.source },
  );
}

const notesIn = ({ item }: TranscriptEntry): readonly string[] =>
  item.role === 'note' ? (item.notes ?? []) : [];
