import type { Scope } from '../domain/caller.ts';
import type { GatewayEvent } from '../protocol/events.ts';
import { MAX_FRAME_BYTES } from '../protocol/limits.ts';
import { scopeOfEvent } from '../protocol/scopes.ts';

/** An event as it is sent, written once for everybody. */
export interface KeptEvent {
  readonly seq: number;
  /** What it takes to be told. */
  readonly scope: Scope;
  /** Of what a user is told where it is theirs: the chat of a message, whose a post is. */
  readonly theirs?: { readonly chat: string } | { readonly of?: string };
  /** Name of the user whose talk it is part of, which the owner is not told; not looked for in `theirs.chat`. */
  readonly talkOf?: string;
  /** The frame, as JSON. */
  readonly frame: string;
}

/** The last events, so that a client that was away or slow is told what it missed. */
export interface KeptEvents {
  /** False where it is too large for a frame, and is left out. Numbers grow by one each time. */
  add(seq: number, event: GatewayEvent): boolean;
  /** The number of the oldest that is kept; where none is, that of the next. */
  oldest(): number;
  /** Undefined for one that was let go or left out. */
  at(seq: number): KeptEvent | undefined;
}

const MOST_EVENTS = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Keeps at most `mostEvents` events and `mostBytes` bytes of them, whichever comes first. */
export function keepEvents(mostEvents = MOST_EVENTS, mostBytes = MOST_BYTES): KeptEvents {
  const slots: (KeptEvent | undefined)[] = [];
  let [oldest, next, bytes] = [1, 1, 0];
  const slot = (seq: number): number => seq % mostEvents;
  const letGo = (): void => {
    bytes -= sizeOf(slots[slot(oldest)]);
    slots[slot(oldest)] = undefined;
    oldest += 1;
  };
  return {
    add: (seq, event) => {
      const frame = JSON.stringify({ type: 'event', seq, event });
      const fits = Buffer.byteLength(frame) <= MAX_FRAME_BYTES;
      const kept = fits
        ? { seq, scope: scopeOfEvent(event), frame, ...theirsIn(event), ...talkIn(event) }
        : undefined;
      if (next - oldest >= mostEvents) letGo();
      slots[slot(seq)] = kept;
      bytes += sizeOf(kept);
      next = seq + 1;
      while (bytes > mostBytes && oldest < seq) letGo();
      return fits;
    },
    oldest: () => oldest,
    at: (seq) => (seq < oldest ? undefined : slots[slot(seq)]),
  };
}

function theirsIn(event: GatewayEvent): Pick<KeptEvent, 'theirs'> {
  if (event.kind === 'message') return { theirs: { chat: event.session } };
  if (event.kind !== 'feed') return {};
  const { of } = event.post;
  return { theirs: of === undefined ? {} : { of } };
}

function talkIn(event: GatewayEvent): Pick<KeptEvent, 'talkOf'> {
  const of = event.kind === 'message' || event.kind === 'output' ? event.of : undefined;
  return of === undefined ? {} : { talkOf: of };
}

const sizeOf = (event: KeptEvent | undefined): number =>
  event === undefined ? 0 : Buffer.byteLength(event.frame);
