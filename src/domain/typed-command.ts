import { AtomError } from '../base/errors.ts';
import { readLine } from './shell-line/read-line.ts';
import { type SimpleCommand, textOf } from './shell-line/script.ts';

/** What somebody typed after `run`: one program with its words, or a line of them. */
export type TypedCommand = { readonly argv: readonly string[] } | { readonly line: string };

/**
 * Reads a typed command. Throws AtomError `usage` with the position, from 1, of what cannot be read:
 * somebody at a keyboard rather meant something else than a script that nobody looks into.
 */
export function typedCommand(text: string): TypedCommand {
  if (text.trim() === '')
    throw new AtomError('usage', 'There is no command to run.', {
      next: ['Write the program and its arguments, for example: git log --oneline'],
    });
  const reading = readLine(text);
  if (!reading.ok) throw new AtomError('usage', reading.why, { next: [reading.hint] });
  const [step, ...steps] = reading.script.steps;
  const alone = steps.length === 0 && step?.stages.length === 1 && !step.negated;
  const [command] = step?.stages ?? [];
  const argv = alone && command?.kind === 'simple' ? literalWords(command) : undefined;
  return argv === undefined ? { line: text } : { argv };
}

/** The words of a command that has nothing else to it. */
function literalWords({
  assignments,
  redirects,
  words,
}: SimpleCommand): readonly string[] | undefined {
  const argv = words.map(textOf).filter((word) => word !== undefined);
  const bare = assignments.length + redirects.length === 0 && argv.length === words.length;
  return bare && argv.length > 0 ? argv : undefined;
}
