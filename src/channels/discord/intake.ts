import { backoff } from '../../base/backoff.ts';
import { asAtomError } from '../../base/errors.ts';
import { redact } from '../../base/redact.ts';
import { sleep } from '../../base/wait.ts';

/** Something to be done in its turn, again and again until it works. */
type Work = () => Promise<void>;

export interface Intake {
  /** Queues work behind everything that came before. */
  push(work: Work): void;
  /** True where nothing waits. */
  idle(): boolean;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

const RETRY = { firstMs: 500, capMs: 30_000 };

/**
 * One thing at a time, in the order it came. What fails is tried again until it works, and what came behind
 * it waits: `trouble` is told why, in the words of what was thrown, and `healed` once it goes on.
 */
export function createIntake(tell: { trouble(reason: string): void; healed(): void }): Intake {
  const stopping = new AbortController();
  const waiting: Work[] = [];
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    for (let next = waiting[0]; next && !stopping.signal.aborted; next = waiting[0]) {
      await insist(next);
      if (!stopping.signal.aborted) waiting.shift();
    }
    running = undefined;
  };
  const insist = async (work: Work): Promise<void> => {
    for (let tries = 1; !stopping.signal.aborted; tries += 1) {
      try {
        await work();
        if (tries > 1) tell.healed();
        return;
      } catch (cause) {
        tell.trouble(redact(asAtomError(cause).message));
        await sleep(backoff(RETRY, tries), stopping.signal).catch(() => undefined);
      }
    }
  };
  return {
    push(work) {
      waiting.push(work);
      running ??= run();
    },
    idle: () => waiting.length === 0,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
