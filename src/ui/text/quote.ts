/** Words that a shell reads as they are. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** An argument list as one line that a shell would read back word for word (POSIX quoting). */
export const shellLine = (words: readonly string[]): string => words.map(quoted).join(' ');

const quoted = (word: string): string =>
  PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
