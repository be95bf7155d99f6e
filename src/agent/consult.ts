import type { TranscriptEntry } from '../domain/session.ts';
import { summaryWords } from '../domain/summary-words.ts';
import { compactOrder, obeyCompact } from './compact-order.ts';
import { makeRoom } from './make-room.ts';
import type { Plan, PlanInput, Planner } from './planner.ts';
import { heardBesides } from './take-in.ts';
import type { Taken } from './turn-deps.ts';

export interface Consultation {
  readonly turn: Taken;
  readonly planner: Planner;
  readonly entries: readonly TranscriptEntry[];
  readonly step: number;
}

/**
 * Asks the planner, after what has to come first: an order to sum up, or room for the question. `again`:
 * something else was done, and what the planner would be shown is another now.
 */
export async function consult(about: Consultation): Promise<Plan | 'again'> {
  const { turn, planner, entries, step } = about;
  const { deps, input, signal } = turn;
  const session = input.session.id;
  const event = input.event.id;
  const own = await deps.isOwner(input.event);
  const { room } = planner;
  const order = step === 0 ? compactOrder(input.event, own) : undefined;
  if (order) await obeyCompact(turn, { order, entries, room });
  if (order) return 'again';
  const more = heardBesides(entries, event);
  const transcript = entries.map((entry) => entry.item);
  const shown: PlanInput = { session, event, step, more, transcript, tools: deps.tools(), own };
  if (await makeRoom(turn, { entries, room, input: shown })) return 'again';
  deps.onState({ step: 'thinking', planner: planner.name }, session, event);
  return planner.plan(shown, signal, (text) =>
    deps.onOutput({ session, run: `${event}:${step}`, stream: 'text', text }),
  );
}

/** Whoever is answered is told once what was summed up for that. */
export function withSummary(
  text: string,
  entries: readonly TranscriptEntry[],
  event: string,
): string {
  const made = entries.find(({ item }) => item.role === 'summary' && item.during === event)?.item;
  const words = made?.role === 'summary' ? summaryWords(made) : '';
  return words === '' || text.includes(words) ? text : `${text}\n\n(${words})`;
}
