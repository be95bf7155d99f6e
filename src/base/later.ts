const every: (() => Promise<unknown>)[] = [];

/**
 * A module that a start needs nothing of: read in by whoever asks for it first, or by `readLater`. To be
 * called once for a module, beside the imports.
 */
export function later<T>(read: () => Promise<T>): () => Promise<T> {
  let module: Promise<T> | undefined;
  const once = (): Promise<T> => {
    module ??= read();
    return module;
  };
  every.push(once);
  return once;
}

/** Reads in all of them, one after the other, so that nobody waits for it later. Never rejects: whoever needs one does. */
export async function readLater(): Promise<void> {
  for (const read of every) await read().catch(() => undefined);
}
