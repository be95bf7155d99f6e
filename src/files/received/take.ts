import type { Clock } from '../../base/clock.ts';
import { systemCode } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { SendError } from '../../domain/channel.ts';
import type { InboundEvent, MediaRef } from '../../domain/event.ts';
import { type KeptMedia, mediaName } from '../../domain/kept-media.ts';
import type { Store } from '../../domain/store.ts';
import { keepMedia, mediaOfEvent } from '../../store/tables/media.ts';
import { type FetchDeps, type FileWish, fetched } from './fetch.ts';
import { NotTaken, tooLarge } from './pour.ts';
import { needRoom } from './room.ts';

export interface TakingDeps extends FetchDeps {
  readonly store: Store;
  readonly clock: Clock;
}

/** What came with a message: what was kept, and in words what was not. */
export interface TakenIn {
  readonly kept: readonly KeptMedia[];
  readonly refused: readonly string[];
}

/** A message, and whose conversation it is in. */
export interface Brought {
  readonly event: InboundEvent;
  readonly session: string;
  /** Who sent it, where it was not an owner. */
  readonly giver?: string;
}

/** More in one message are not looked at. */
const MOST_FILES = 10;
/** For all that came with one message. */
const WHOLE_MS = 300_000;

/**
 * Fetches what came with a message, when its turn begins: by then its sender was let in, nothing is
 * halted, and the platform has long had its receipt. What was kept before, ahead of a crash, is not
 * fetched again. Throws only where the signal aborts.
 */
export async function takeIn(
  deps: TakingDeps,
  { event, session, giver }: Brought,
  signal: AbortSignal,
): Promise<TakenIn> {
  const before = await mediaOfEvent(deps.store, event.id);
  const kept: KeptMedia[] = [];
  const refused: string[] = [];
  const limit = AbortSignal.any([signal, AbortSignal.timeout(WHOLE_MS)]);
  for (const [place, ref] of event.media.slice(0, MOST_FILES).entries()) {
    const here = before.find((media) => media.place === place);
    const wish = { event, session, place, ref, ...(giver !== undefined && { giver }) };
    const taken = here ?? (await takeOne(deps, wish, limit).catch(wordsOf(ref, signal)));
    if (typeof taken === 'string') refused.push(taken);
    else kept.push(taken);
  }
  const more = event.media.length - MOST_FILES;
  if (more > 0) refused.push(`${more} more: only ${MOST_FILES} files of one message are taken`);
  return { kept, refused };
}

/** What is refused is told; what stops the turn stops it. */
const wordsOf =
  (ref: MediaRef, signal: AbortSignal) =>
  (error: unknown): string => {
    signal.throwIfAborted();
    if (error instanceof NotTaken) return `${mediaName(ref)} ${error.message}`;
    if (error instanceof SendError)
      return `${mediaName(ref)} could not be fetched: ${error.failure.reason}`;
    if (error instanceof DOMException) return `${mediaName(ref)} took too long to fetch`;
    const code = systemCode(error);
    if (code === undefined) throw error;
    return `${mediaName(ref)} could not be kept (${code})`;
  };

interface Wish extends FileWish, Brought {
  readonly place: number;
}

async function takeOne(deps: TakingDeps, wish: Wish, signal: AbortSignal): Promise<KeptMedia> {
  const { event, session, place, ref, giver } = wish;
  const { limits, clock, store } = deps;
  // What is said to be too large is not even begun.
  if ((ref.bytes ?? 0) > limits.file) throw tooLarge(limits.file);
  const from = giver === undefined ? {} : { giver };
  await needRoom(store, limits.all, { bytes: ref.bytes ?? 0, ...from });
  const { digest, bytes, type } = await fetched(deps, wish, signal);
  const media: KeptMedia = {
    id: newId(),
    event: event.id,
    place,
    session,
    digest,
    bytes,
    type,
    kind: ref.kind,
    at: clock.now(),
    ...from,
    ...(ref.name === undefined ? {} : { name: ref.name }),
  };
  await store.tx((sql) => keepMedia(sql, media));
  return media;
}
