import { newId } from '../base/ids.ts';
import type { LogLine } from '../base/log.ts';
import type { GatewayEvent } from '../protocol/events.ts';
import { type KeptEvents, keepEvents } from './kept-events.ts';

/** Tells everybody who watches what happens, and remembers the last of it. */
export interface Hub {
  /** Names this run: the numbers of another run mean nothing here. */
  readonly boot: string;
  /** The number of the last event. */
  seq(): number;
  emit(event: GatewayEvent): void;
  /** Called after each event, which `kept` then holds. Returns how to stop. */
  watch(watcher: () => void): () => void;
  readonly kept: Pick<KeptEvents, 'oldest' | 'at'>;
  /** The newest lines, oldest first. */
  recentLog(limit: number): readonly LogLine[];
}

const LINES_KEPT = 1000;

/** `onTooLarge` is told the kind of an event that fits into no frame; nobody else hears of it. */
export function createHub(onTooLarge: (kind: GatewayEvent['kind']) => void = () => undefined): Hub {
  const watchers = new Set<() => void>();
  const lines: LogLine[] = [];
  const kept = keepEvents();
  let seq = 0;
  return {
    boot: newId(),
    seq: () => seq,
    emit: (event) => {
      if (event.kind === 'log') {
        lines.push(event.line);
        if (lines.length > LINES_KEPT) lines.shift();
      }
      seq += 1;
      const fits = kept.add(seq, event);
      for (const watcher of watchers) watcher();
      if (!fits) onTooLarge(event.kind);
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    kept,
    recentLog: (limit) => lines.slice(-limit),
  };
}
