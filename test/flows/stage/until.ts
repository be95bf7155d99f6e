import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until there is something to see; throws with `what` at the deadline. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  ms = 20_000,
): Promise<T> {
  const deadline = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`after ${ms} ms still not: ${what}`);
    await pause(15);
  }
}
