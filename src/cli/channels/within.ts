import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 500;

/** Looks again and again until something is there, or for so long; undefined where nothing came. */
export async function within<T>(
  ms: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const until = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() >= until) return found;
    await pause(LOOK_MS);
  }
}
