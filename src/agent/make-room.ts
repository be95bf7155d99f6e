import type { TranscriptEntry } from '../domain/session.ts';
import { compact } from './compact.ts';
import type { PlanInput, Room } from './planner.ts';
import type { Taken } from './turn-deps.ts';

/** As many turns stay whole, the present one among them; fewer where that is still too much. */
const KEPT_TURNS = [4, 2, 1];
/** With those, the room should be no fuller than this, or it is full again at once. */
const ENOUGH = 0.5;

/**
 * Sums up the older part of a conversation where it does not fit any more. True where it did: then what
 * planners are told is another. What cannot be covered, the present turn, is told more briefly instead.
 */
export async function makeRoom(
  turn: Taken,
  {
    entries,
    room,
    input,
  }: {
    readonly entries: readonly TranscriptEntry[];
    readonly room: Room | undefined;
    readonly input: PlanInput;
  },
): Promise<boolean> {
  if (!room || room.weigh(input) <= room.most) return false;
  const covered = olderPart(entries, turn.input.event.id, room);
  if (covered.length === 0) return false;
  turn.deps.onState({ step: 'summing-up' }, turn.input.session.id, turn.input.event.id);
  return (await compact(turn, { room, covered })) !== undefined || turn.signal.aborted;
}

/** The turns before the newest few that fit well; those before the present one where none does. */
function olderPart(
  entries: readonly TranscriptEntry[],
  event: string,
  room: Room,
): readonly TranscriptEntry[] {
  const begins = turnsIn(entries, event);
  const cuts = KEPT_TURNS.flatMap((turns) => begins.at(-turns) ?? []);
  const well = cuts.find(
    (cut) => room.guess(entries.slice(cut).map(({ item }) => item)) <= room.most * ENOUGH,
  );
  return coverable(entries, well ?? cuts.at(-1) ?? 0);
}

/** Everything before the turn of an event. */
export const beforeTurn = (
  entries: readonly TranscriptEntry[],
  event: string,
): readonly TranscriptEntry[] => coverable(entries, turnsIn(entries, event).at(-1) ?? 0);

/** A summary alone is not summed up again. */
const coverable = (entries: readonly TranscriptEntry[], cut: number): readonly TranscriptEntry[] =>
  entries.slice(0, cut).some(({ item }) => item.role !== 'summary') ? entries.slice(0, cut) : [];

/**
 * Where turns begin, up to the one of `event`: with words, and so that nothing of an earlier turn comes after.
 * So no call is parted from its result, and no turn from a part of itself.
 */
export function turnsIn(entries: readonly TranscriptEntry[], event: string): readonly number[] {
  const last = new Map(entries.map((entry, at) => [entry.event, at]));
  const begins: number[] = [];
  let busyUntil = -1;
  for (const [at, entry] of entries.entries()) {
    const begun = entry.item.role === 'user' || entry.item.role === 'note';
    if (begun && at > busyUntil) begins.push(at);
    busyUntil = Math.max(busyUntil, last.get(entry.event) ?? at);
    if (entry.event === event) break;
  }
  return begins;
}
