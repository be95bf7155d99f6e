/**
 * What keeps asking somebody who does not answer from being done again and again: a platform, or a
 * model's provider. Closed while all is well; open after failures in a row; then one try at a time, until
 * enough of them worked. Times are milliseconds on the caller's clock.
 */
export interface Circuit {
  /** Failures in a row while closed. */
  readonly failures: number;
  /** Successes in a row since it half opened. */
  readonly successes: number;
  /** When it opened; absent while it is closed. */
  readonly openedAt?: number;
  /** When the one try of a half-open circuit began; absent while none is under way. */
  readonly triedAt?: number;
  /** Why the last try failed, in words. */
  readonly reason?: string;
}

/** A circuit as people are shown it. */
export type CircuitState =
  | { readonly state: 'closed' }
  | {
      readonly state: 'open' | 'half-open';
      readonly reason: string;
      /** When it is tried again. */
      readonly until: number;
    };

export const CLOSED: Circuit = { failures: 0, successes: 0 };

const FAILURES = 5;
const SUCCESSES = 2;
const OPEN_MS = 60_000;
/** A try that nobody heard of for this long was cut off, and no longer keeps others from trying. */
const TRY_MS = 60_000;

/** When a try may begin: `now`, or later. */
export function mayTryAt({ openedAt, triedAt }: Circuit, now: number): number {
  if (openedAt === undefined) return now;
  const opens = waited(openedAt, OPEN_MS, now);
  return Math.max(now, opens, triedAt === undefined ? now : waited(triedAt, TRY_MS, now));
}

/** The circuit once a try has begun that `mayTryAt` allowed. */
export const trying = (circuit: Circuit, now: number): Circuit =>
  circuit.openedAt === undefined ? circuit : { ...circuit, triedAt: now };

/** The circuit after a try that worked. */
export function afterSuccess({ openedAt, successes, reason }: Circuit): Circuit {
  if (openedAt === undefined || successes + 1 >= SUCCESSES) return CLOSED;
  return { failures: 0, openedAt, successes: successes + 1, ...(reason ? { reason } : {}) };
}

/** The circuit after a try that failed. */
export function afterFailure(circuit: Circuit, now: number, reason: string): Circuit {
  const failures = circuit.failures + 1;
  if (circuit.openedAt === undefined && failures < FAILURES)
    return { failures, successes: 0, reason };
  return { failures, successes: 0, openedAt: now, reason };
}

/** The circuit once the other side gave a sign of life: what waits may be tried at once. */
export function afterSignOfLife(circuit: Circuit, now: number): Circuit {
  const { triedAt: _, ...rest } = circuit;
  return rest.openedAt === undefined ? rest : { ...rest, openedAt: now - OPEN_MS };
}

/** True where what was tried until now is left alone from `next` on; a try of a half-open one that failed is no news. */
export const opens = (before: Circuit, next: Circuit): boolean =>
  before.openedAt === undefined && next.openedAt !== undefined;

/** What people are shown of it. */
export function stateOf(circuit: Circuit, now: number): CircuitState {
  if (circuit.openedAt === undefined) return { state: 'closed' };
  const until = mayTryAt(circuit, now);
  const state = waited(circuit.openedAt, OPEN_MS, now) > now ? 'open' : 'half-open';
  return { state, until, reason: circuit.reason ?? 'no reason given' };
}

/** A moment that lies ahead is from before the clock was set back: nobody waits for it. */
const waited = (since: number, ms: number, now: number): number => (since > now ? now : since + ms);
