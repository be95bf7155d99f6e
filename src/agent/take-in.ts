import type { InboundEvent } from '../domain/event.ts';
import type { Meanwhile } from '../domain/meanwhile.ts';
import type { ToolCall, TranscriptEntry } from '../domain/session.ts';
import { intentIdOf } from './act.ts';
import { labelOfEvent, labelOfNames, PLAIN } from './hearing.ts';
import type { NextStep } from './progress.ts';
import { recall } from './recall.ts';
import type { Attached, Taken } from './turn-deps.ts';

/** What a call comes to that was not made because something new was said. */
export const SKIPPED = 'Skipped: the person said something new first. It was not done.';

/** Writes a message into the conversation, as its own and with its own label. */
export async function hear(turn: Taken, event: InboundEvent): Promise<void> {
  const { deps, input } = turn;
  const from = labelOfEvent(event, await deps.isOwner(event));
  const place = { session: input.session.id, event: event.id };
  await noteBefore(turn, event);
  const attached = await attachedTo(turn, event);
  // Its own entry, with its own label: what came with the owner's words does not make them a stranger's.
  if (attached) {
    const { text, files, named } = attached;
    const label = named ? labelOfNames(from) : from;
    await deps.transcript.append({ ...place, ...label, item: { role: 'note', text, files } });
  }
  const item = { role: 'user', text: event.text, sender: event.sender.id } as const;
  if (event.id === input.event.id) {
    await recall(turn, from.labels.integrity);
    return turn.later(item, from);
  }
  // What somebody adds while it runs is answered with what is known of them already.
  await deps.transcript.append({ ...place, ...from, item });
}

/** What atom has to say about words of another agent: once, also where a crash cut the hearing off. */
async function noteBefore({ deps, input }: Taken, { id, via }: InboundEvent): Promise<void> {
  if (via?.note === undefined) return;
  const entries = await deps.transcript.load(input.session.id);
  const isNoted = entries.some(({ event, item }) => event === id && item.role === 'note');
  if (isNoted) return;
  const item = { role: 'note', text: via.note } as const;
  await deps.transcript.append({ session: input.session.id, event: id, ...PLAIN, item });
}

/** Undefined where nothing came, or it is noted already: then a crash cut the hearing off. */
async function attachedTo(
  { deps, input, signal }: Taken,
  event: InboundEvent,
): Promise<Attached | undefined> {
  if (event.media.length === 0 || !deps.attached) return undefined;
  const entries = await deps.transcript.load(input.session.id);
  const isNoted = entries.some(
    (entry) => entry.event === event.id && entry.item.role === 'note' && 'files' in entry.item,
  );
  return isNoted ? undefined : deps.attached({ event, session: input.session.id }, signal);
}

/**
 * Takes what arrived meanwhile into the turn, at the boundary of a step: the planner sees it next, and
 * calls of the present step that have not begun are not made. False where there is nothing to take now.
 * `asked` is how often the planner was asked. Cut off half-way it is gone through again: the spool still
 * has what the conversation has not.
 */
export async function takeIn(
  turn: Taken,
  entries: readonly TranscriptEntry[],
  { next, asked }: { readonly next: NextStep; readonly asked: number },
): Promise<boolean> {
  const { meanwhile } = turn.input;
  if (!meanwhile || (next.kind !== 'act' && next.kind !== 'ask')) return false;
  const fresh = (await meanwhile.ready(asked > 0)).filter(({ id }) => !isHeard(entries, id));
  if (fresh.length === 0) return false;
  if (next.kind === 'act') {
    // Calls are made one after the other, so only the first may have begun, before a crash.
    if (await meanwhile.wasBegun(intentIdOf(turn, next.call))) return false;
    for (const call of [next.call, ...next.upcoming]) await skip(turn, call);
  }
  for (const event of fresh) await join(turn, event);
  return true;
}

/** Ids of the messages that the turn answers besides its own: those that wait and are in the conversation. */
export async function takenBy(
  { deps, input, joined }: Taken,
  meanwhile: Meanwhile,
): Promise<readonly string[]> {
  const entries = await deps.transcript.load(input.session.id);
  const waiting = (await meanwhile.waiting()).map(({ id }) => id);
  return [...new Set([...joined, ...waiting.filter((id) => isHeard(entries, id))])];
}

/** How many further messages the planner is shown with the one that is answered. */
export function heardBesides(entries: readonly TranscriptEntry[], event: string): number {
  const start = entries.findIndex((entry) => entry.event === event);
  return entries.slice(Math.max(0, start)).filter(isOther(event)).length;
}

const isOther =
  (event: string) =>
  (entry: TranscriptEntry): boolean =>
    entry.item.role === 'user' && entry.event !== event;

const isHeard = (entries: readonly TranscriptEntry[], id: string): boolean =>
  entries.some(({ event, item }) => event === id && item.role === 'user');

/** The words are atom's own; the plan with the call in it has its own label already. */
const skip = ({ append }: Taken, { id, tool }: ToolCall): Promise<void> =>
  append({ role: 'tool', call: id, tool, ok: false, value: null, text: SKIPPED }, PLAIN);

async function join(turn: Taken, event: InboundEvent): Promise<void> {
  const { deps, input } = turn;
  await input.meanwhile?.begin(event.id);
  await hear(turn, event);
  turn.joined.add(event.id);
  deps.onState({ step: 'joined', turn: input.event.id }, input.session.id, event.id);
}
