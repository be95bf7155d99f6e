/** How long to wait before try number `attempt` (1, 2, …), in milliseconds. */
export interface Backoff {
  readonly firstMs: number;
  readonly capMs: number;
}

/**
 * Exponential with full jitter: anywhere between half and all of `firstMs * 2^(attempt-1)`, capped.
 * Half is the floor so that a refused server is never asked again at once.
 */
export function backoff({ firstMs, capMs }: Backoff, attempt: number): number {
  const ceiling = Math.min(capMs, firstMs * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (Math.random() * ceiling) / 2);
}

/** Anywhere from `least` to `most`, evenly: waits that look like a person's. */
export const between = (least: number, most: number): number =>
  Math.round(least + Math.random() * (most - least));

/** Waits that double and are the same for everybody but for a little. */
export interface Steps extends Backoff {
  /** At most this much is added to each wait, milliseconds. */
  readonly jitterMs: number;
}

/** `firstMs * 2^(attempt-1)`, capped, and up to `jitterMs` more. `dice` rolls from 0 to 1. */
export function stepped(steps: Steps, attempt: number, dice: () => number = Math.random): number {
  const wait = Math.min(steps.capMs, steps.firstMs * 2 ** (attempt - 1));
  return Math.round(wait + dice() * steps.jitterMs);
}
