import { backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/wait.ts';
import type { Alert } from '../../domain/alert.ts';
import { type AlertTarget, type Posted, postAlert } from './post.ts';

export interface SenderDeps {
  readonly clock: Clock;
  /** Which atom it is, in words: the profile. */
  readonly from: string;
  /** Told how the last try of an alert ended. */
  readonly ended: (alert: Alert, posted: Posted) => void;
}

export interface AlertSender {
  /** Queues an alert; returns at once, whatever becomes of it. */
  send(alert: Alert): void;
  stop(): Promise<void>;
}

/** So many in ten minutes, and the same one once: something that goes wrong goes wrong often. */
const MOST = 10;
const WINDOW_MS = 600_000;
const TRIES = 4;
const RETRY = { firstMs: 2000, capMs: 30_000 };
const GOODBYE_MS = 1500;

/** Posts the alerts for one target, one at a time. What is held back is counted in the next one. */
export function createSender(target: AlertTarget, deps: SenderDeps): AlertSender {
  const stopping = new AbortController();
  const recent = new Map<string, number>();
  let held = 0;
  let tail: Promise<void> = Promise.resolve();
  const isTooMuch = (key: string): boolean => {
    const now = deps.clock.monotonic();
    for (const [one, at] of recent) if (now - at >= WINDOW_MS) recent.delete(one);
    if (recent.has(key)) return true;
    if (recent.size >= MOST) {
      held += 1;
      return true;
    }
    recent.set(key, now);
    return false;
  };
  const post = async (alert: Alert): Promise<void> => {
    const at = deps.clock.now();
    for (let tries = 1; ; tries += 1) {
      const posted = await postAlert(target, { ...alert, at, from: deps.from });
      if (posted.ok || !posted.again || tries >= TRIES || stopping.signal.aborted)
        return deps.ended(alert, posted);
      const wait = posted.retryMs ?? backoff(RETRY, tries);
      await sleep(wait, stopping.signal).catch(() => undefined);
    }
  };
  return {
    send(alert) {
      if (stopping.signal.aborted || isTooMuch(`${alert.kind} ${alert.text}`)) return;
      const more = held === 0 ? '' : ` (${held} more were held back before it)`;
      held = 0;
      tail = tail.then(() => post({ ...alert, text: `${alert.text}${more}` }));
    },
    async stop() {
      const late = new AbortController();
      const goodbye = sleep(GOODBYE_MS, late.signal).catch(() => undefined);
      await Promise.race([tail, goodbye]);
      late.abort();
      stopping.abort();
    },
  };
}
