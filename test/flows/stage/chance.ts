/** Chance that can be had again: numbers from 0 to 1 that follow from the seed (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Another seed each time, unless SEED names the one of an earlier run. */
export const someSeed = (): number =>
  Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));
