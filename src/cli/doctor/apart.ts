/** Where words of a finding begin to name a command: behind a label, or a colon. */
const COMMAND = /: {3}\S|: (?:atom|signal-cli) /;

/**
 * What is wrong, and the commands that its words end with, each with what it is for. Only words are broken to fit
 * a terminal: a command stands on a line of its own, whole, to be copied.
 */
export function apart(words: string): { readonly words: string; readonly next: readonly string[] } {
  const at = words.search(COMMAND);
  if (at < 0) return { words, next: [] };
  const label = Math.max(...['. ', '; ', '\n'].map((end) => words.lastIndexOf(end, at)));
  const told = words.slice(0, label < 0 ? at : label);
  const rest = label < 0 ? words.slice(at + 1) : words.slice(label + 1);
  return { words: told, next: rest.trim().split(/ {3}(?=[A-Z])/) };
}
