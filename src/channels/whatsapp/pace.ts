import type { Clock } from '../../base/clock.ts';
import { SendError } from '../../domain/channel.ts';
import type { Store } from '../../domain/store.ts';
import { countSent, sentOn } from '../../store/tables/whatsapp.ts';

export interface PaceDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** Most messages a day. */
  readonly dailyCap: number;
  /** A pause before each message, in milliseconds. */
  readonly pauseMs: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Sends as a person would: one message after the other, a pause before each, and not too many a day. */
export interface Pace {
  /** Throws SendError `later` once the day's messages are spent. */
  inTurn<T>(typing: () => void, send: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function createPace({ store, clock, dailyCap, pauseMs, wait }: PaceDeps): Pace {
  let last: Promise<unknown> = Promise.resolve();
  const one = async <T>(
    typing: () => void,
    send: () => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> => {
    const { day, leftMs } = dayAt(clock.now());
    if ((await sentOn(store, day)) >= dailyCap)
      throw new SendError({
        kind: 'later',
        reason: `${dailyCap} messages were sent today, which is all that channels.whatsapp.dailyCap allows`,
        retryMs: leftMs,
      });
    typing();
    await wait(pauseMs(), signal).catch(() => {
      throw new SendError({ kind: 'later', reason: 'stopped before it was sent' });
    });
    // Counted before it leaves, so that no crash makes a day longer.
    await store.tx((sql) => countSent(sql, day));
    return send();
  };
  return {
    inTurn(typing, send, signal) {
      const mine = last.catch(() => undefined).then(() => one(typing, send, signal));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** The day of the machine's own calendar, and how long it still lasts. */
function dayAt(now: number): { readonly day: string; readonly leftMs: number } {
  const date = new Date(now);
  const next = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return { day, leftMs: Math.max(1000, next - now) };
}
