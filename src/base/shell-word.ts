import { visible } from './visible.ts';

/** Words that a shell reads as they are. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** One argument as a POSIX shell takes it, safe to look at: quoted where it must be. */
export function shellWord(word: string): string {
  const shown = visible(word);
  return PLAIN.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
}
