import { sleep } from '../base/wait.ts';
import type { Attempt, AttemptDeps } from './attempt.ts';
import { type BridgeError, ConnectionError, SendError } from './errors.ts';
import type { Link } from './link.ts';
import { pauseAfter } from './pause.ts';
import type { Queue, Waiting } from './queue/queue.ts';
import { connectionError } from './refusals.ts';

export interface FlushDeps extends AttemptDeps {
  readonly queue: Queue;
  /** The gateway has a message, and calls it `ref`. */
  onTaken(message: Waiting, ref: string): void;
  /** A message that waited was refused, or can wait no longer. */
  onRefused(message: Waiting, error: BridgeError): void;
}

/**
 * Sends what waits, one message after the other and in order, until none waits, the link is over, or the
 * signal says so. One that gets no answer stays and is tried again for as long as the link stands.
 */
export async function flush(
  deps: FlushDeps,
  { attempt, link, signal }: { attempt: Attempt; link: Link; signal: AbortSignal },
): Promise<void> {
  const { queue, tuning, counts, breaker } = deps;
  const wait = (ms: number): Promise<void> => sleep(ms, signal);
  let tries = 1;
  for (let [first] = queue.waiting(); first && link.open; [first] = queue.waiting()) {
    if (breaker.waitMs() > 0) {
      await wait(Math.min(breaker.waitMs(), tuning.steps.firstMs));
      continue;
    }
    try {
      const { ref } = await attempt(link, first);
      forget(queue, first);
      deps.onTaken(first, ref);
      tries = 1;
    } catch (thrown) {
      const error = connectionError(thrown);
      if (!link.open) return;
      if (staysAfter(error, tries, tuning.retries)) {
        await wait(pauseAfter(error, tries, tuning));
        counts.add('retried');
        tries += 1;
      } else {
        forget(queue, first);
        counts.add('failed');
        deps.onRefused(first, error);
        tries = 1;
      }
    }
  }
}

/** A gateway that is busy or silent is waited for; one that fails with this very message is not, for ever. */
function staysAfter(error: BridgeError, tries: number, retries: number): boolean {
  const patient =
    error instanceof ConnectionError || (error instanceof SendError && error.kind === 'rate-limit');
  return error.retryable && (patient || tries <= retries);
}

function forget(queue: Queue, { messageId }: Waiting): void {
  try {
    queue.done(messageId);
  } catch {
    // It is not written down that it is done: the next process sends it again, and that changes nothing,
    // since the gateway knows its id.
  }
}
