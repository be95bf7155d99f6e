/** Lets one after the other do something about the same thing. */
export interface Queue {
  /** Resolves to the function that ends the turn, or to undefined once the signal aborts. */
  enter(key: string, signal?: AbortSignal): Promise<(() => void) | undefined>;
}

export function createQueue(): Queue {
  const last = new Map<string, Promise<void>>();
  return {
    enter: async (key, signal) => {
      const { promise: over, resolve: end } = Promise.withResolvers<void>();
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(() => over);
      last.set(key, mine);
      const leave = (): void => {
        end();
        if (last.get(key) === mine) last.delete(key);
      };
      if (await reached(before, signal)) return leave;
      leave();
      return undefined;
    },
  };
}

/** False where the signal aborts first. */
async function reached(turn: Promise<void>, signal: AbortSignal | undefined): Promise<boolean> {
  if (!signal) return turn.then(() => true);
  if (signal.aborted) return false;
  const { promise: stopped, resolve } = Promise.withResolvers<boolean>();
  const stop = (): void => resolve(false);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([turn.then(() => true), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
