import type { Hub } from '../hub.ts';
import type { KeptEvent } from '../kept-events.ts';
import type { Line } from './line.ts';

/** Where a client of an earlier connection was. */
export interface Since {
  readonly boot: string;
  readonly seq: number;
}

/** The events that one client is told, in order, each once, as fast as it takes them. */
export interface Stream {
  /** The number of the last event before this. */
  readonly seq: number;
  /** True where some that were missed are not kept any more. */
  readonly gap: boolean;
  /** Tells what was missed and goes on; to be called after each `drain` of the line, too. */
  pump(): void;
  stop(): void;
}

/** Events wait in the hub while this much has not been taken. */
const ENOUGH_BUFFERED = 256 * 1024;

/**
 * Begins with what came after `since`, and without it with what comes now. A client that falls so far
 * behind that the hub lets go of what it has not read is let go too.
 */
export function openStream(
  hub: Hub,
  line: Line,
  {
    told,
    since,
  }: { readonly told: (event: KeptEvent) => boolean; readonly since: Since | undefined },
): Stream {
  const seq = hub.seq();
  const known = since !== undefined && since.boot === hub.boot && since.seq <= seq;
  const wanted = known ? since.seq + 1 : seq + 1;
  let next = Math.max(wanted, hub.kept.oldest());
  // Whoever reads nothing is noticed here, and not only when it reads again.
  const isLost = (): boolean => next < hub.kept.oldest();
  const pump = (): void => {
    while (!isLost() && next <= hub.seq() && takesMore(line)) {
      const event = hub.kept.at(next);
      next += 1;
      if (event && told(event)) line.send(event.frame);
    }
    if (!isLost()) return;
    unwatch();
    line.close('slow', 'events were lost: it read too slowly');
  };
  const unwatch = hub.watch(pump);
  const gap = since !== undefined && (!known || wanted < hub.kept.oldest());
  return { seq, gap, pump, stop: unwatch };
}

const takesMore = (line: Line): boolean => line.isOpen() && line.buffered() < ENOUGH_BUFFERED;
