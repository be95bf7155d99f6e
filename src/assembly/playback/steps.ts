import type { PlayStep } from '../../domain/playback.ts';
import type { TranscriptEntry, TranscriptItem } from '../../domain/session.ts';
import { summaryWords } from '../../domain/summary-words.ts';
import { endedBy, type Facts, type OnRecord, onRecord } from './on-record.ts';

/** The ids of what was asked for in a turn, in its order. */
export const intentsOf = (entries: readonly TranscriptEntry[]): readonly string[] =>
  entries.flatMap(({ event, item }) =>
    item.role === 'assistant' ? item.calls.map(({ id }) => `${event}:${id}`) : [],
  );

/**
 * What happened in a turn, in its order: what the record says of a call stands before what came of it, and of
 * a question to a model before what the model said.
 */
export function stepsOf(entries: readonly TranscriptEntry[], facts: Facts): readonly PlayStep[] {
  const called = new Set(intentsOf(entries));
  const events = onRecord(facts, answeredIn(entries));
  const told = new Set<OnRecord>();
  const take = (isMeant: (one: OnRecord) => boolean): readonly PlayStep[] => {
    const taken = events.filter((one) => !told.has(one) && isMeant(one));
    for (const one of taken) told.add(one);
    return taken.map(({ step }) => step);
  };
  const isOf = (intent: string) => (one: OnRecord) =>
    one.intent === intent || one.intent.startsWith(`${intent}/`);
  const isBefore = (at: number) => (one: OnRecord) =>
    one.step.at <= at && !called.has(one.intent.split('/', 1)[0] ?? '');
  const steps = entries.flatMap((entry): readonly PlayStep[] => {
    const { event, item, at } = entry;
    if (item.role === 'assistant') return [...take(isBefore(at)), said(item, at)];
    if (item.role !== 'tool') return [said(item, at)];
    const intent = `${event}:${item.call}`;
    const ran = facts.runs.get(intent);
    const before = take(isOf(intent));
    const gap = ran && !before.some(({ kind }) => kind === 'decided') ? [{ ...GONE, at }] : [];
    return [...before, ...gap, resultOf(item, at, ran)];
  });
  return [...steps, ...take(() => true)];
}

const GONE = {
  kind: 'note',
  text: 'What was decided about this is no longer on the record.',
} as const;

/** Of which intents the transcript says itself what came of them. */
const answeredIn = (entries: readonly TranscriptEntry[]): ReadonlySet<string> =>
  new Set(
    entries.flatMap(({ event, item }) => (item.role === 'tool' ? [`${event}:${item.call}`] : [])),
  );

type Result = TranscriptItem & { readonly role: 'tool' };

/** How it ended is the record's word, and what the planner was told of it the transcript's. */
const resultOf = (
  { tool, ok, text }: Result,
  at: number,
  ran: ReturnType<Facts['runs']['get']>,
): PlayStep => ({ ...(ran ? endedBy(ran) : { kind: 'ended', end: '' }), at, tool, ok, text });

function said(item: Exclude<TranscriptItem, Result>, at: number): PlayStep {
  switch (item.role) {
    case 'user':
      return { kind: 'message', at, who: item.sender, text: item.text };
    case 'assistant': {
      const { text, final, aside } = item;
      const calls = item.calls.map(({ tool, input }) => ({ tool, input }));
      const told = { kind: 'planned', at, text, calls, final } as const;
      return aside === undefined ? told : { ...told, aside };
    }
    case 'note':
      return { kind: 'note', at, text: item.text };
    case 'summary':
      return { kind: 'summary', at, words: summaryWords(item), text: item.text };
  }
}
