import { newId } from '../base/ids.ts';
import type { LogLine } from '../base/log.ts';
import type { GatewayEvent } from '../protocol/events.ts';

export interface NumberedEvent {
  readonly seq: number;
  readonly event: GatewayEvent;
}

/** Tells everybody who watches what happens, and remembers the last log lines. */
export interface Hub {
  /** Names this run: the numbers of another run mean nothing here. */
  readonly boot: string;
  /** The number of the last event. */
  seq(): number;
  emit(event: GatewayEvent): void;
  watch(watcher: (event: NumberedEvent) => void): () => void;
  /** The newest lines, oldest first. */
  recentLog(limit: number): readonly LogLine[];
}

const LINES_KEPT = 1000;

export function createHub(): Hub {
  const watchers = new Set<(event: NumberedEvent) => void>();
  const lines: LogLine[] = [];
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
      for (const watcher of watchers) watcher({ seq, event });
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    recentLog: (limit) => lines.slice(-limit),
  };
}
