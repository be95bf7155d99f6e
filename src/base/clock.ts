/** Where the time comes from, so that tests can hold it still. */
export interface Clock {
  /** Milliseconds since 1970, as the wall clock says; may jump. */
  now(): number;
  /** Milliseconds since some moment; never goes back. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/**
 * A clock that starts at what the wall clock says and from then on only counts: for leases, waits and
 * limits, which somebody who sets the time must not make shorter or longer.
 */
export function steadyClock({ now, monotonic }: Clock): Clock {
  const [start, counted] = [now(), monotonic()];
  return { now: () => start + Math.floor(monotonic() - counted), monotonic };
}

/** The IANA name of this machine's zone. Asked where it is needed: Node loads all it knows of languages for it. */
export const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `10:02`, local time, for cards and logs. */
export function clockTime(at: number): string {
  const date = new Date(at);
  // By hand: what writes the time in any language takes longer to load than a whole answer.
  return [date.getHours(), date.getMinutes()].map((part) => `${part}`.padStart(2, '0')).join(':');
}

/** `4 s`, `3 min`, `2 h`, `5 days`: the largest unit that fits, rounded down. `ms` may be negative: `0 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
