import stringWidth from 'string-width';

/** Where words of a finding begin to name a command: behind a label, or a colon. */
const COMMAND = /: {3}\S|: (?:atom|signal-cli) /;

/** What a command is for and the command in one line, or in two where both do not fit into `width` columns. */
export function hintLines(line: string, width: number | undefined): readonly string[] {
  const at = line.search(COMMAND);
  if (at < 0 || width === undefined || stringWidth(line) <= width) return [line];
  return [line.slice(0, at + 1), line.slice(at + 1).trim()];
}

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
