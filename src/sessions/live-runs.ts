import type { Clock } from '../base/clock.ts';
import { type LastLines, linesOf, moreLines, noLines } from '../domain/last-lines.ts';
import type { LiveRun, RunWatch } from '../domain/live-run.ts';

/** The runs that are under way. */
export interface LiveRuns {
  /** Watches one; once it has run for a while it is shown. */
  watch(run: Pick<LiveRun, 'id' | 'session' | 'event' | 'words'>): RunWatch;
  find(id: string): LiveRun | undefined;
}

export interface LiveRunsDeps {
  readonly clock: Clock;
  /** Shows a run in its chat, for as long as it is under way. Never rejects. */
  readonly show: (run: LiveRun) => Promise<void>;
  /** Shorter runs are over before anybody wonders; 3 s unless told. */
  readonly afterMs?: number;
}

const AFTER_MS = 3000;
const MOST_LINES = 8;

export function createLiveRuns({ clock, show, afterMs = AFTER_MS }: LiveRunsDeps): LiveRuns {
  const live = new Map<string, LiveRun>();
  return {
    find: (id) => live.get(id),
    watch: (run) => {
      const over = new AbortController();
      let [begunAt, printed]: [number, LastLines] = [clock.monotonic(), noLines];
      let timer: NodeJS.Timeout | undefined;
      let shown: Promise<void> = Promise.resolve();
      const here: LiveRun = {
        ...run,
        over: over.signal,
        elapsedMs: () => clock.monotonic() - begunAt,
        lines: () => linesOf(printed, MOST_LINES),
      };
      return {
        began: () => {
          begunAt = clock.monotonic();
          live.set(run.id, here);
          timer = setTimeout(() => {
            shown = show(here);
          }, afterMs);
        },
        printed: (part) => {
          printed = moreLines(printed, part, MOST_LINES);
        },
        ended: async () => {
          clearTimeout(timer);
          over.abort();
          await shown;
          live.delete(run.id);
        },
      };
    },
  };
}
