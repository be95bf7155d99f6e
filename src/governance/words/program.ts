/** Where a bare name must come from for the table to know it. */
const SYSTEM = /^(?:\/usr(?:\/local)?)?\/s?bin\/([^/]+)$/;

/** The bare name of a program of the system; undefined for a file of some other place. */
export const programName = (word: string): string | undefined =>
  word.includes('/') ? SYSTEM.exec(word)?.[1] : word;
