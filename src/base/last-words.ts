import type { Redact } from './redact.ts';

/** The end of what a program prints, for whoever has to find out what is wrong with it. */
export interface LastWords {
  add(text: string): void;
  /** At most so many characters, without secrets, and without half of one. */
  text(): string;
}

/** What is kept begins anywhere, also within a secret: as much of its beginning is not told. */
const MAY_BE_HALF = 2000;

/** Keeps more than it tells: secrets are taken out before it is cut. */
export function createLastWords(most: number, safe: Redact): LastWords {
  const room = 2 * most + MAY_BE_HALF;
  let [kept, isCut] = ['', false];
  return {
    add: (text) => {
      const all = kept + text;
      isCut ||= all.length > room;
      kept = all.slice(-room);
    },
    text: () => {
      const told = safe(kept);
      return (isCut ? told.slice(MAY_BE_HALF) : told).slice(-most).toWellFormed();
    },
  };
}
